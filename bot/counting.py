"""Counting from the shell: the same figures as /stats gives, for scripts and for reading."""

import json
from datetime import UTC, datetime

from bot.config import Settings
from bot.shell import WRONG_WORDS, Result, opened_team
from handlers.counting import answered
from handlers.house import House, Team
from handlers.sites import Sites
from handlers.tongues import Tongues
from protection.small_numbers import EXACT
from records.command import read_question
from records.kinds import KINDS
from records.question import Question
from records.vocabulary import Vocabulary
from render import html
from render.catalogue import Words
from render.figures import as_json
from render.problems import sentence
from storage.count import count


async def stats(settings: Settings, asked: str, *, as_object: bool) -> Result:
    """Counts what the words ask for, exactly, as an owner is told in private; one JSON object, or the answer as text."""
    team = settings.team
    vocabulary = Vocabulary.load()
    words = Words(team.language, vocabulary, team.zone)
    now = datetime.now(UTC)
    async with opened_team(settings) as (door, number):
        ours = Team(number, team.name, frozenset(team.owners), team.country, team.zone, team.language, digest=None)
        places = await Sites.load(door, number)
        house = House(door, ours, KINDS, vocabulary, places, lambda: now, EXACT, Tongues(team.language, {}))
        question = read_question(asked, KINDS, vocabulary, house.context(now))
        if not isinstance(question, Question):
            return Result(wrong=[html.plain(sentence(one, words)) for one in question], code=WRONG_WORDS)
        if as_object:
            counted = await door.read(count, number, question)
            return Result([json.dumps(as_json(counted, house.kind(question.kind)), ensure_ascii=False)])
        answer, _ = await answered(house, question, private=True, trusted=True, language=team.language)
    return Result([html.plain(html.Html(answer.html))])
