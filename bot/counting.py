"""Counting from the shell: the same figures as /stats gives, for scripts and for reading."""

import json

from bot.config import Settings
from bot.shell import WRONG_WORDS, Result, opened_house
from handlers.counting import answered
from records.command import read_question
from records.question import Question
from render import html
from render.figures import as_json
from render.problems import sentence
from storage.count import count


async def stats(settings: Settings, asked: str, *, as_object: bool) -> Result:
    """Counts what the words ask for, exactly, as an owner is told in private; one JSON object, or the answer as text."""
    async with opened_house(settings) as house:
        language = house.team.language
        question = read_question(asked, house.kinds, house.vocabulary, house.context(house.now()))
        if not isinstance(question, Question):
            words = house.speak(language)
            return Result(wrong=[html.plain(sentence(one, words)) for one in question], code=WRONG_WORDS)
        if as_object:
            counted = await house.door.read(count, house.team.id, question)
            return Result([json.dumps(as_json(counted, house.kind(question.kind)), ensure_ascii=False)])
        answer, _ = await answered(house, question, private=True, trusted=True, language=language)
    return Result([html.plain(html.Html(answer.html))])
