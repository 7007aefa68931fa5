"""Puts all the desk can say on sheets to look at, as the sandbox's chat page shows it on a phone: several phones side by side.

Names the sentences that no step of `docs/screens.toml` leads to. `python docs/sheets.py ru ar` makes those of two languages,
`python docs/sheets.py ru forms` one scene of one of them.
"""

import asyncio
import base64
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from playwright.async_api import Browser, FloatRect, Page, Route, ViewportSize, async_playwright, expect

from docs.overhearing import every_key, overheard
from docs.screens import UNSEEN, Screen, scenes
from docs.sitter import BROWSERS, DECODED, PLAIN
from render import html
from render.catalogue import languages
from sandbox import Sandbox
from sandbox.files import Files
from tests.house import AIGUL

FOLDER = Path(gettempdir()) / "wayhome-screens"
WIDTH, HEIGHT = 390, 1_500
"""Of one phone, in pixels."""
PHONES = 4
"""On one sheet."""
MOST = 60
"""Messages the page is given at once."""
MOST_SAID = 300
"""Letters of what somebody typed."""
RECTS = """() => [...document.querySelectorAll('#messages > *')].map(one => {
  const rect = one.getBoundingClientRect();
  return [rect.top, rect.bottom];
})"""
SHEET = """<style>body {{ margin: 0; display: inline-flex; gap: 6px; align-items: start; background: #666 }}</style>{phones}"""


def pieces(many: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """So many at a time."""
    return (many[at : at + size] for at in range(0, len(many), size))


def shown(screens: Iterable[Screen], files: Files) -> Iterator[dict[str, object]]:
    """The screens as messages of one private chat, one behind the other; what was done stands in Aigul's own.

    Their photos are kept among `files`.
    """
    now = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
    chat = {"id": AIGUL, "type": "private", "first_name": "Aigul"}
    aigul = {"id": AIGUL, "is_bot": False, "first_name": "Aigul"}
    for number, one in enumerate(screens, 1):
        place = {"message_id": number, "date": now, "chat": chat}
        said = html.clip(str(one.message.get("text") or one.message.get("caption") or ""), MOST_SAID)
        if one.message.get("from", {}).get("is_bot"):
            message = {key: value for key, value in one.message.items() if key not in {"reply_to_message", "edit_date"}}
            photo = {"photo": [files.keep_photo(one.photo).described]} if one.photo else {}
            yield message | photo | place
        elif said or one.note:
            text = f"{one.note}: {said}" if said else one.note
            table = one.message.get("document")
            yield ({"caption": text, "document": table} if table else {"text": text}) | {"from": aigul} | place


async def columns(page: Page, messages: Sequence[dict[str, object]]) -> list[str]:
    """Pictures of the page with these messages, cut between messages, each no higher than a phone."""

    async def answer(route: Route) -> None:
        await route.fulfill(json=list(messages))

    await page.unroute("**/messages*")
    await page.route("**/messages*", answer)
    await page.set_viewport_size({"width": WIDTH, "height": 800})
    await page.reload()
    await expect(page.locator("body[data-ready='1']")).to_be_attached()
    await page.add_style_tag(content=PLAIN)
    await page.evaluate(DECODED)
    whole = await page.evaluate("() => document.getElementById('scroll').scrollHeight")
    await page.set_viewport_size({"width": WIDTH, "height": int(whole) + 300})
    pictures = []
    for top, bottom in cuts(await page.evaluate(RECTS)):
        clip = FloatRect(x=0, y=top, width=WIDTH, height=bottom - top)
        pictures.append(base64.b64encode(await page.screenshot(clip=clip, animations="disabled")).decode())
    return pictures


def cuts(rects: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """From where to where each column goes: whole messages; one that is higher than a phone has a column of its own."""
    start = end = rects[0][0]
    for top, bottom in rects:
        if bottom - start > HEIGHT and end > start:
            yield start - 2, end + 2
            start = top
        end = bottom
    yield start - 2, end + 2


async def compose(page: Page, pictures: Sequence[str], path: Path) -> None:
    """One sheet of these pictures, side by side."""
    phones = "".join(f'<img src="data:image/png;base64,{one}">' for one in pictures)
    await page.set_content(SHEET.format(phones=phones))
    await page.locator("body").screenshot(path=path)


async def sheets(browser: Browser, language: str, wanted: Sequence[str]) -> set[str]:
    """Makes the sheets of one language; the keys of the sentences that were never asked for."""
    with overheard() as asked:
        seen = await scenes(language, wanted)
    folder = FOLDER / language
    folder.mkdir(parents=True, exist_ok=True)
    async with Sandbox() as sandbox:
        sandbox.world.add_person(AIGUL, "Aigul")
        files = sandbox.world.files
        viewport = ViewportSize(width=WIDTH, height=800)
        page, sheet = [await browser.new_page(viewport=viewport, bypass_csp=True, color_scheme="light") for _ in "12"]
        await page.goto(f"{sandbox.url}/?bare=1#{AIGUL}/{AIGUL}")
        for name, screens in seen.items():
            pictures = [one for some in pieces([*shown(screens, files)], MOST) for one in await columns(page, some)]
            for number, some in enumerate(pieces(pictures, PHONES), 1):
                await compose(sheet, some, folder / f"{name.replace(' ', '-')}-{number}.png")
        await page.close()
        await sheet.close()
    return every_key() - asked


async def main(words: Sequence[str]) -> None:
    """Makes those of the languages and scenes that are named, or of all."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"The sheets need a browser: none of {', '.join(BROWSERS)} is installed.")
    spoken = [one for one in words if one in languages()] or languages()
    wanted = [one for one in words if one not in languages()]
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=path, args=flags)
        for language in spoken:
            unseen = await sheets(browser, language, wanted)
            print(f"{FOLDER / language}: {len(list((FOLDER / language).glob('*.png')))} sheets")  # noqa: T201
            if not wanted:
                print("No step leads to:", ", ".join(sorted(unseen - UNSEEN.keys())) or "none left")  # noqa: T201
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
