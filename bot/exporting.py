"""`wayhome export`: the same file as /export sends, from the shell; the journal says so, by nobody."""

import asyncio
import os
from pathlib import Path

from bot import sentences
from bot.config import Settings
from bot.shell import COULD_NOT, WRONG_WORDS, Result, opened_house
from desk.export import Progress, TooMany, exported
from handlers.exporting import made, named
from handlers.house import House
from records.command import read_export
from records.export import MOST, Export
from render import html
from render.catalogue import Words
from render.problems import sentence
from storage.people import NOBODY

STANDARD_OUTPUT = Path("-")


async def export(settings: Settings, asked: str, out: Path | None, *, form: str, outsiders: bool) -> Result:
    """Writes the entries that the words ask for into a file of that form, for the team or for `outsiders`.

    Without `out` it is named by what it holds and stands where the command is run; "-" is standard output.
    """
    async with opened_house(settings) as house:
        words = house.speak(house.team.language)
        text = " ".join((asked, form, words.vocabulary.label("en", "files", "outsiders") if outsiders else ""))
        wanted = read_export(text, house.kinds, house.vocabulary, house.context(house.now()))
        if not isinstance(wanted, Export):
            return _wrong([html.plain(sentence(one, words)) for one in wanted])
        if refused := _refused(house, wanted, out, words):
            return _wrong(refused)
        return await _written(house, wanted, Path(named(house, wanted)) if out is None else out)


def _wrong(lines: list[str]) -> Result:
    return Result(wrong=lines, code=WRONG_WORDS)


def _refused(house: House, wanted: Export, out: Path | None, words: Words) -> list[str]:
    """Why those words can't be written there."""
    problems = house.outsiders.refused(wanted.question) if wanted.outsiders else ()
    told = [html.plain(words.say(f"problem.outsiders_{one.code}")) for one in problems]
    return [*told, *([sentences.EXPORT_NOT_TEXT] if out == STANDARD_OUTPUT and wanted.form == "xlsx" else [])]


async def _written(house: House, wanted: Export, out: Path) -> Result:
    if out != STANDARD_OUTPUT and await asyncio.to_thread(out.exists):
        return Result(wrong=[sentences.EXPORT_THERE.format(file=out)], code=COULD_NOT)
    try:
        gathered, content = await made(house, wanted, house.team.language, Progress())
    except TooMany:
        return Result(wrong=[sentences.EXPORT_TOO_MANY.format(most=MOST)], code=COULD_NOT)
    if not gathered.rows:
        return Result(wrong=[sentences.EXPORT_NOTHING], code=COULD_NOT)
    # It stands in the journal before anybody can have it.
    await house.door.change(exported, house.team.id, NOBODY, wanted, gathered, house.now())
    told = sentences.EXPORTED_MASKED if wanted.outsiders else sentences.EXPORTED
    line = told.format(file=out, rows=len(gathered.rows), size=len(content))
    if out == STANDARD_OUTPUT:
        return Result(wrong=[line], raw=content)
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return Result([line])
