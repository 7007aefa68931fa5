"""Takes the pictures of the README and the guide: the demo, a phone-wide browser, and two mornings of a desk at work."""

import asyncio
import re
import shutil
import sys
import tomllib
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

PICTURES = Path(__file__).with_name("pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = ViewportSize(width=390, height=844)
TALLEST = 912
SCALE = 1
PATIENCE = 30_000
"""Milliseconds the page may take for anything."""
AIGUL = 1001
ZONE = ZoneInfo("Asia/Almaty")
HOUR = 8


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


SPOKEN = {
    language: Words(**words)
    for language, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
FIRST = "en"
"""The language whose pictures stand in the folder itself."""
REF = re.compile(r"[FS]-\d{4}")

PLAIN = ".wall { background: #dbe7e4 } .wall::before, .to-end { display: none !important }"
"""A plain wall behind the messages, half the bytes; and nothing that floats before them."""
FITTED = """(top, tallest) => {
  const scroll = document.getElementById('scroll'), last = document.querySelector('#messages > :last-child');
  const around = innerHeight - scroll.clientHeight, above = top.getBoundingClientRect().top - 6;
  const range = document.createRange();
  range.selectNodeContents(last);
  const lines = [...range.getClientRects()].map(line => line.bottom - above).filter(end => end < tallest - around - 6);
  const whole = last.getBoundingClientRect().bottom - above + 14, room = tallest - around;
  document.body.dataset.height = Math.ceil(around + (whole <= room ? whole : lines.length ? Math.max(...lines) : room));
}"""
"""How tall the screen has to be; one that would be too tall ends with a whole line."""
SCROLLED = """top => {
  const scroll = document.getElementById('scroll');
  scroll.scrollTop += top.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 6;
}"""


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """The address of a demo that runs as long as this lasts."""
    words = (sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser")
    process = await asyncio.create_subprocess_exec(*words, stdout=PIPE)
    try:
        if process.stdout is None:
            raise RuntimeError("the demo has no output to read its address from")
        line = (await process.stdout.readline()).decode()
        yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def phone(url: str) -> AsyncIterator[Page]:
    """Aigul's phone, open at her chat with the desk."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"The pictures need a browser: none of {', '.join(BROWSERS)} is installed.")
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=path, args=flags)
        page = await browser.new_page(
            viewport=PHONE, device_scale_factor=SCALE, timezone_id=ZONE.key, color_scheme="light", bypass_csp=True
        )
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{url}/?bare=1#{AIGUL}/{AIGUL}")
        await expect(page.locator("body[data-ready='1']")).to_be_attached()
        await page.add_style_tag(content=PLAIN)
        yield page
        await browser.close()


class Sitter:
    """Aigul at her phone."""

    def __init__(self, page: Page, url: str, http: aiohttp.ClientSession, pictures: Path) -> None:
        """Nothing is said yet; `pictures` is the folder they go to."""
        self._page, self._url, self._http, self._pictures = page, url, http, pictures

    async def says(self, text: str) -> Locator:
        """Types it into the chat and waits for the desk's answer; what was said."""
        own, other = self._page.locator(".message.own"), self._page.locator(".message.other")
        said, heard = await own.count(), await other.count()
        await self._page.locator("#composer").fill(text)
        await self._page.locator("#send").click()
        await expect(own).to_have_count(said + 1)
        await expect(other).not_to_have_count(heard)
        return own.nth(said)

    async def edits(self, said: Locator, text: str) -> None:
        """Edits what was said and waits for what the desk makes of it."""
        await self._chooses(said, "edit")
        await self.fills(text)

    async def replies(self, text: str) -> Locator:
        """Replies to the last card and waits for what the desk makes of it; what was said."""
        await self._chooses(self._page.locator(".message.other").last, "reply")
        await self.fills(text)
        return self._page.locator(".message.own").last

    async def presses(self, *given: str) -> None:
        """Presses buttons one after the other: the first under the last message that gives back that (its end, before a $)."""
        for part in given:
            message = self._page.locator(".message.other").last
            before = await message.inner_text()
            sought = f"$='{part[:-1]}'" if part.endswith("$") else f"*='{part}'"
            await message.locator(f".key[data-callback{sought}]").first.click()
            await expect(message).not_to_have_text(before, use_inner_text=True)

    async def _chooses(self, message: Locator, action: str) -> None:
        await message.click(button="right")
        await self._page.locator(f"[data-action={action}]").click()

    async def fills(self, text: str) -> None:
        """Sends it; the desk's last message says something else then."""
        last = self._page.locator(".message.other").last
        before = await last.inner_text()
        await self._page.locator("#composer").fill(text)
        await self._page.locator("#send").click()
        await expect(last).not_to_have_text(before, use_inner_text=True)

    async def posts(self, text: str) -> str:
        """Says it; the reference of the card that comes back."""
        await self.says(text)
        return await self.last()

    async def last(self) -> str:
        """The reference on the last card."""
        card = await self._page.locator(".message.other").last.inner_text()
        found = REF.search(card)
        if not found:
            raise RuntimeError(f"no card: {card}")
        return found[0]

    async def wakes(self) -> Locator:
        """Winds the clock to the next morning; the digest that comes."""
        now = await self._now()
        today = now.replace(hour=HOUR, minute=0, second=5, microsecond=0)
        morning = today if today > now else today + timedelta(days=1)
        other = self._page.locator(".message.other")
        heard = await other.count()
        await self._call("POST", "/clock", {"set": int(morning.timestamp())})
        await expect(other).to_have_count(heard + 1)
        return other.nth(heard)

    async def day(self, ahead: int) -> str:
        """The day so many days from hers, as it is written."""
        return f"{await self._now() + timedelta(days=ahead):%d.%m.%Y}"

    async def _now(self) -> datetime:
        return datetime.fromtimestamp((await self._call("GET", "/clock"))["now"], UTC).astimezone(ZONE)

    async def shows(self, top: Locator, name: str) -> None:
        """The screen from that message on, as a picture of that name: as tall as what was said, and no taller than a long phone."""
        await top.evaluate(FITTED, TALLEST)
        height = await self._page.evaluate("Number(document.body.dataset.height)")
        await self._page.set_viewport_size({"width": PHONE["width"], "height": int(height)})
        await top.evaluate(SCROLLED)
        await self._page.screenshot(path=self._pictures / f"{name}.png", animations="disabled", caret="hide")
        await self._page.set_viewport_size(PHONE)

    async def _call(self, method: str, path: str, body: dict[str, int] | None = None) -> dict[str, int]:
        async with self._http.request(method, self._url + path, json=body) as answer:
            found: dict[str, int] = await answer.json()
            return found


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


async def main(languages: Sequence[str]) -> None:
    """Takes those of these languages, or of all."""
    for language in languages or SPOKEN:
        await pictures(language, SPOKEN[language])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
