"""`/stats`: an overview, one kind's counts, or a table."""

from dataclasses import replace

from handlers.ask import Ask, Reply
from handlers.house import House
from handlers.rights import noted
from protection.small_numbers import Audience
from records import periods
from records.answer import Answer
from records.command import read_question
from records.question import Counted, Question
from render.catalogue import Words
from render.doubts import named
from render.overview import overview
from render.problems import refusal
from render.stats import detail, table
from storage import doubts
from storage.count import count
from storage.door import Tx

CITIZENS = "citizens"


async def stats(house: House, ask: Ask) -> Reply:
    """The answer to a question; all its figures are of one moment."""
    audience = house.audience(private=ask.way.private)
    context = house.context(house.now(), ask.way.language)
    if not ask.rest.strip():
        questions = periods.overview(context.today, house.kinds, calendar=audience.masked)
        counted = await house.door.read(_each, house.team.id, questions, audience)
        words = house.speak(ask.way.language)
        answer = overview(counted, house.kinds, words, audience, house.team.country)
        of_all = [Question(one.name, None, None) for one in house.kinds]
        return Reply(named(answer, await house.door.read(_undecided, house.team.id, of_all), words))
    question = read_question(ask.rest, house.kinds, house.vocabulary, context)
    problems = audience.refused(question) if isinstance(question, Question) else question
    if problems or not isinstance(question, Question):
        return Reply(refusal(problems, None, ask.command, "", house.speak(ask.way.language)))
    trusted, language = ask.way.trusted(), ask.way.language
    answer, restricted = await answered(house, question, private=ask.way.private, trusted=trusted, language=language)
    if restricted:
        await noted(house, ask.way, command=ask.command, kind=question.kind)
    return Reply(answer)


async def answered(
    house: House, question: Question, *, private: bool, trusted: bool, language: str
) -> tuple[Answer, bool]:
    """The counts a question asks for, as a chat of that kind is told them; restricted ones to the trusted, and whether any are."""
    audience, words, restricted = house.audience(private=private), house.speak(language), False
    if question.by:
        answer = await _in_a_table(house, question, audience, words)
    else:
        answer, restricted = await _in_detail(house, question, audience, words, trusted=trusted)
    return named(answer, await house.door.read(_undecided, house.team.id, [question]), words), restricted


async def _in_detail(
    house: House, question: Question, audience: Audience, words: Words, *, trusted: bool
) -> tuple[Answer, bool]:
    """One kind's counts, its countries apart, and how they changed against the period before; whether restricted ones are told."""
    kind = house.kind(question.kind)
    apart = replace(question, by=(CITIZENS,)) if CITIZENS in kind.by_name else None
    earlier = periods.before(apart or question, house.context(house.now()).today)
    wanted = [one for one in (question, apart, earlier) if one is not None]
    counted = dict(zip(wanted, await house.door.read(_each, house.team.id, wanted, audience), strict=True))
    restricted = trusted and not kind.restricted.isdisjoint(counted[question].total.cells)
    answer = detail(
        counted[question],
        kind,
        words,
        house.places,
        audience,
        country=house.team.country,
        private=trusted,
        apart=counted.get(apart) if apart else None,
        before=counted.get(earlier) if earlier else None,
    )
    return answer, restricted


async def _in_a_table(house: House, question: Question, audience: Audience, words: Words) -> Answer:
    """One kind's counts by some fields, its countries apart."""
    kind = house.kind(question.kind)
    by_country = CITIZENS in kind.by_name and CITIZENS not in question.by
    apart = replace(question, by=(CITIZENS, *question.by)) if by_country else None
    wanted = [one for one in (question, apart) if one is not None]
    counted = await house.door.read(_each, house.team.id, wanted, audience)
    return table(
        counted[0],
        kind,
        words,
        house.places,
        audience,
        country=house.team.country,
        apart=counted[1] if apart else None,
    )


def _each(tx: Tx, team: int, questions: list[Question], audience: Audience) -> list[Counted]:
    """The answers to some questions, all of one moment, as the audience is told them."""
    return [count(tx, team, one, audience) for one in questions]


def _undecided(tx: Tx, team: int, questions: list[Question]) -> list[str]:
    """References of what they count that may be something else told twice."""
    return [ref for one in questions for ref in doubts.undecided_in(tx, team, one)]
