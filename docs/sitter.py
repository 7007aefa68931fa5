"""Aigul at her phone: what she types, presses and sees, with the demo behind it."""

import asyncio
import re
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from playwright.async_api import FilePayload, Locator, Page, ViewportSize, async_playwright, expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = ViewportSize(width=390, height=844)
TALLEST = 912
SCALE = 1
PATIENCE = 30_000
"""Milliseconds the page may take for anything."""
AIGUL = 1001
ZONE = ZoneInfo("Asia/Almaty")
HOUR = 8
REF = re.compile(r"[FS]-\d{4}")

PLAIN = ".wall { background: #dbe7e4 } .wall::before, .to-end { display: none !important }"
"""A plain wall behind the messages, half the bytes; and nothing that floats before them."""
DECODED = "() => Promise.all([...document.images].map(one => one.decode()))"
"""Waits until all photos can be seen."""
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

    async def sends(self, table: str, caption: str) -> Locator:
        """Sends a table and waits until the desk asks whether to store it; what was sent."""
        content = FilePayload(name="flights.csv", mimeType="text/csv", buffer=table.strip().encode())
        await self._page.locator("#file").set_input_files(content)
        await self._page.locator("#composer").fill(caption)
        await self._page.locator("#send").click()
        await expect(self._page.locator(".message.other").last.locator(".key[data-callback^='i:']")).not_to_have_count(
            0
        )
        return self._page.locator(".message.own").last

    async def wakes(self, messages: int = 1) -> Locator:
        """Winds the clock to the next morning; the digest that comes, the first of so many messages."""
        now = await self._now()
        today = now.replace(hour=HOUR, minute=0, second=5, microsecond=0)
        morning = today if today > now else today + timedelta(days=1)
        other = self._page.locator(".message.other")
        heard = await other.count()
        await self._call("POST", "/clock", {"set": int(morning.timestamp())})
        await expect(other).to_have_count(heard + messages)
        return other.nth(heard)

    async def day(self, ahead: int) -> str:
        """The day so many days from hers, as it is written."""
        return f"{await self._now() + timedelta(days=ahead):%d.%m.%Y}"

    async def _now(self) -> datetime:
        return datetime.fromtimestamp((await self._call("GET", "/clock"))["now"], UTC).astimezone(ZONE)

    async def shows(self, top: Locator, name: str) -> None:
        """The screen from that message on, as a picture of that name: as tall as what was said, and no taller than a long phone."""
        await self._page.evaluate(DECODED)
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
