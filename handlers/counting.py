"""`/stats`: an overview, one kind's counts, or a table."""

from dataclasses import replace

from handlers.ask import Ask, Reply
from handlers.house import House
from records import periods
from records.answer import Answer
from records.command import read_question
from records.kind import Context
from records.question import Counted, Question
from render.overview import overview
from render.problems import refusal
from render.stats import detail, table
from storage.count import count
from storage.door import Tx

CITIZENS = "citizens"


async def stats(house: House, ask: Ask) -> Reply:
    """The answer to a question; all its figures are of one moment."""
    audience = house.audience(private=ask.way.private)
    context = house.context(house.now())
    if not ask.rest.strip():
        counted = await house.door.read(_each, house.team.id, periods.overview(context.today, house.kinds))
        return Reply(overview(counted, house.kinds, house.words, audience, house.team.country))
    question = read_question(ask.rest, house.kinds, house.vocabulary, context)
    if not isinstance(question, Question):
        return Reply(refusal(question, None, ask.command, "", house.words))
    if not question.by:
        return Reply(await _in_detail(house, ask, question, context))
    kind = house.kind(question.kind)
    counts = await house.door.read(count, house.team.id, question)
    return Reply(table(counts, kind, house.words, house.places, audience, country=house.team.country))


async def _in_detail(house: House, ask: Ask, question: Question, context: Context) -> Answer:
    """One kind's counts, its countries apart, and how they changed against the period before."""
    kind = house.kind(question.kind)
    apart = replace(question, by=(CITIZENS,)) if CITIZENS in kind.by_name else None
    earlier = periods.before(question, context.today)
    wanted = [one for one in (question, apart, earlier) if one is not None]
    counted = dict(zip(wanted, await house.door.read(_each, house.team.id, wanted), strict=True))
    return detail(
        counted[question],
        kind,
        house.words,
        house.places,
        house.audience(private=ask.way.private),
        country=house.team.country,
        private=ask.way.private,
        apart=counted.get(apart) if apart else None,
        before=counted.get(earlier) if earlier else None,
    )


def _each(tx: Tx, team: int, questions: list[Question]) -> list[Counted]:
    """The answers to some questions, all of one moment."""
    return [count(tx, team, one) for one in questions]
