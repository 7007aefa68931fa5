"""Takes the pictures of the README and the guide: the demo, a phone-wide browser, and two mornings of a desk at work."""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

PICTURES = Path(__file__).with_name("pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = ViewportSize(width=390, height=844)
SCALE = 1.5
"""Sharp enough for a page that shows it at 300 pixels, and below 200 KB."""
PATIENCE = 30_000
"""Milliseconds the page may take for anything."""
AIGUL, TIMUR = 1001, 1002
ZONE = ZoneInfo("Asia/Almaty")
HOUR = 8

FLIGHT = "/flight yesterday from Al-Hasakah to Aktau 12 women 3 men 31 children operation example-3"


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
            viewport=PHONE, device_scale_factor=SCALE, timezone_id=ZONE.key, color_scheme="light"
        )
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{url}/?bare=1#{AIGUL}/{AIGUL}")
        await expect(page.locator("body[data-ready='1']")).to_be_attached()
        yield page
        await browser.close()


class Sitter:
    """Aigul at her phone, and a colleague elsewhere."""

    def __init__(self, page: Page, url: str, http: aiohttp.ClientSession) -> None:
        """Nobody has said anything yet."""
        self.page, self._url, self._http = page, url, http

    async def says(self, text: str) -> Locator:
        """Types it into the chat; the desk's answer."""
        before = await self.page.locator(".message.own").count()
        await self.page.locator("#composer").fill(text)
        await self.page.locator("#send").click()
        await expect(self.page.locator(".message.own")).to_have_count(before + 1)
        return await self.hears()

    async def hears(self) -> Locator:
        """The desk's message below everything else."""
        last = self.page.locator(".message").last
        await expect(last).to_contain_class("other")
        return last

    async def colleague_says(self, text: str) -> None:
        """Timur posts from his own phone."""
        await self._post(f"/person/{TIMUR}/say", {"text": text})

    async def morning(self) -> Locator:
        """Winds the clock to the next morning's hour; the digest that comes."""
        now = datetime.fromtimestamp((await self._get("/clock"))["now"], UTC).astimezone(ZONE)
        at = now.replace(hour=HOUR, minute=0, second=5, microsecond=0)
        moment = at if at > now else at + timedelta(days=1)
        before = await self.page.locator(".message.other").count()
        await self._post("/clock", {"set": int(moment.timestamp())})
        await expect(self.page.locator(".message.other")).not_to_have_count(before)
        return await self.hears()

    async def looks_at(self, top: Locator) -> None:
        """Scrolls so that a message stands at the top of the screen."""
        await top.evaluate(
            "one => { const s = document.getElementById('scroll'); s.scrollTop = one.offsetTop - s.offsetTop - 8; }"
        )
        await self.page.locator("#to-end").evaluate("one => { one.style.visibility = 'hidden'; }")
        await self.page.wait_for_function("document.fonts.status === 'loaded'")

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        async with self._http.post(self._url + path, json=body):
            pass

    async def _get(self, path: str) -> Any:
        async with self._http.get(self._url + path) as answer:
            return await answer.json()


async def take(page: Page, name: str) -> None:
    """The screen as it is, as a picture of that name."""
    await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


async def pictures() -> None:
    """Takes them all."""
    PICTURES.mkdir(exist_ok=True)
    async with demo() as url, phone(url) as page, aiohttp.ClientSession(raise_for_status=True) as http:
        aigul = Sitter(page, url, http)
        await aigul.morning()
        await aigul.says(FLIGHT)
        await take(page, "chat")
        await aigul.says(REFUSED)
        await take(page, "refusal")
        await aigul.says(SESSION)
        await aigul.says("/stats")
        await aigul.says("/stats flights all")
        await take(page, "stats")
        await aigul.says("/digest now")
        await take(page, "now")
        await aigul.morning()
        await take(page, "digest")


if __name__ == "__main__":
    asyncio.run(pictures())
