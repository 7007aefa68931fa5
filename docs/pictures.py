"""Takes the pictures of the README and the guide: the demo, a phone-wide browser, and some mornings of a desk at work."""

import asyncio
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from docs.sitter import Sitter, demo, phone

PICTURES = Path(__file__).with_name("pictures")


@dataclass(frozen=True, slots=True)
class Words:
    """What Aigul writes in one language; `docs/pictures.toml` holds it."""

    planned: str
    doubled: str
    hour: str
    flight: str
    refused: str
    by_site: str
    session: str
    change: str
    reason: str
    lines: str
    route: str
    edited: str
    reply: str
    undone: str
    mended: str
    figure: str
    again: str
    caption: str
    table: str
    chart: str


SPOKEN = {
    language: Words(**words)
    for language, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
FIRST = "en"
"""The language whose pictures stand in the folder itself."""


async def pictures(language: str, words: Words) -> None:
    """Takes those of one language."""
    folder = PICTURES if language == FIRST else PICTURES / language
    folder.mkdir(parents=True, exist_ok=True)
    async with demo() as url, phone(url) as page, aiohttp.ClientSession(raise_for_status=True) as http:
        aigul = Sitter(page, url, http, folder)
        await aigul.says(f"/language {language}")
        await a_morning(aigul, words)
        await correcting(aigul, words)
        await posting(aigul, words)
        await files(aigul, words)


async def a_morning(aigul: Sitter, words: Words) -> None:
    """What the README shows: a flight and its card, a refusal, counts, and the digest of the morning after."""
    planned = await aigul.posts(words.planned.format(day=await aigul.day(5)))
    doubled = await aigul.posts(words.doubled)
    await aigul.wakes()
    hour = await aigul.says(words.hour)
    await aigul.says(words.flight)
    await aigul.shows(hour, "chat")
    refused = await aigul.says(words.refused)
    await aigul.shows(refused, "refusal")
    question = await aigul.says("/stats")
    await aigul.says(words.by_site)
    await aigul.shows(question, "stats")
    await aigul.says(words.session)
    await aigul.says(f"/edit {planned} {words.change}")
    await aigul.says(f"/withdraw {doubled} {words.reason}")
    await aigul.shows(await aigul.wakes(), "digest")


async def correcting(aigul: Sitter, words: Words) -> None:
    """A flight on many lines, and every way to correct it: the message edited, the card replied to, commands, and back again."""
    said = await aigul.says(words.lines)
    await aigul.shows(said, "lines")
    ref = await aigul.last()
    await aigul.edits(said, words.edited)
    await aigul.shows(said, "edited")
    await aigul.shows(await aigul.replies(words.reply), "reply")
    await aigul.shows(await aigul.says(f"/edit {ref} {words.undone}"), "command")
    await aigul.shows(await aigul.says("/undo"), "undo")
    await aigul.shows(await aigul.says(f"/figure {ref} {words.figure}"), "figure")
    await aigul.shows(await aigul.says(f"/withdraw {ref} {words.reason}"), "withdraw")
    await aigul.shows(await aigul.says(f"/restore {ref}"), "restore")
    await aigul.shows(await aigul.says(words.again), "again")
    refused = await aigul.says(words.refused)
    await aigul.edits(refused, words.mended)
    await aigul.shows(refused, "mended")


async def posting(aigul: Sitter, words: Words) -> None:
    """The other ways to post: by a form, by a template, by a button."""
    form = await aigul.says("/flight")
    await aigul.presses(":o:date$")
    await aigul.shows(form, "calendar")
    await aigul.presses(":v:")
    await aigul.fills(words.route)
    await aigul.presses(":o:women$", ":n:1$", ":n:12$")
    await aigul.shows(form, "keypad")
    await aigul.presses(":v:12$", ":d$")
    await aigul.shows(form, "summary")
    await aigul.presses(":x$")
    await aigul.shows(await aigul.says("/template flight"), "template")
    planned = await aigul.says(words.planned.format(day=await aigul.day(0)))
    await aigul.presses(":arrived$")
    await aigul.shows(planned, "asked")
    await aigul.presses(":expected$")


async def files(aigul: Sitter, words: Words) -> None:
    """Many flights in one table, what it would do, and the chart that tells of them the morning after the next."""
    ref = await aigul.last()
    days = [await aigul.day(-7 * weeks) for weeks in range(7, 0, -1)]
    sent = await aigul.sends(words.table.format(*days, ref=ref), words.caption)
    await aigul.shows(sent, "preview")
    await aigul.presses(":s$")
    await aigul.wakes()
    await aigul.says(words.chart)
    await aigul.says(words.session)
    digest = await aigul.wakes(messages=2)
    await aigul.shows(digest.locator("strong").last, "chart")


async def main(languages: Sequence[str]) -> None:
    """Takes those of these languages, or of all."""
    for language in languages or SPOKEN:
        await pictures(language, SPOKEN[language])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
