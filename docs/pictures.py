"""Takes the pictures of the README and the guide: the demo, a phone-wide browser, and two mornings of a desk at work."""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

PICTURES = Path(__file__).with_name("pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = ViewportSize(width=390, height=844)
SCALE = 1.5
PATIENCE = 30_000
"""Milliseconds the page may take for anything."""
AIGUL = 1001
ZONE = ZoneInfo("Asia/Almaty")
HOUR = 8

PLANNED = "/flight {day} from Erbil to Almaty expected 26 type charter operation example-4"
DOUBLED = "/session yesterday site Aktau type education children 16 minutes 45 note example"
FLIGHT = "/flight yesterday from Al-Hasakah to Aktau 12 women 3 men 31 children operation example-3"
REFUSED = "/flight yesterday from Erbil to Almaty people 20 women 14 childrn 9"
SESSION = "/session yesterday site Aktau type psychosocial women 12 girls 14 boys 9 expected 40 minutes 90"

PLAIN = ".wall { background: #dbe7e4 } .wall::before, .to-end { display: none !important }"
"""A plain wall behind the messages, half the bytes; and nothing that floats before them."""
FITTED = """top => {
  const scroll = document.getElementById('scroll'), last = document.querySelector('#messages > :last-child');
  const around = innerHeight - scroll.clientHeight;
  document.body.dataset.height = Math.ceil(last.getBoundingClientRect().bottom - top.getBoundingClientRect().top + around + 20);
}"""
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

    def __init__(self, page: Page, url: str, http: aiohttp.ClientSession) -> None:
        """Nothing is said yet."""
        self._page, self._url, self._http = page, url, http

    async def says(self, text: str) -> Locator:
        """Types it into the chat and waits for the desk's answer; what was said."""
        own, other = self._page.locator(".message.own"), self._page.locator(".message.other")
        said, heard = await own.count(), await other.count()
        await self._page.locator("#composer").fill(text)
        await self._page.locator("#send").click()
        await expect(own).to_have_count(said + 1)
        await expect(other).not_to_have_count(heard)
        return own.nth(said)

    async def posts(self, text: str) -> str:
        """Says it; the reference of the card that comes back."""
        await self.says(text)
        return await self._page.locator(".message.other").last.locator("code").first.inner_text()

    async def wakes(self) -> Locator:
        """Winds the clock to the next morning; the digest that comes."""
        now = datetime.fromtimestamp((await self._call("GET", "/clock"))["now"], UTC).astimezone(ZONE)
        today = now.replace(hour=HOUR, minute=0, second=5, microsecond=0)
        morning = today if today > now else today + timedelta(days=1)
        other = self._page.locator(".message.other")
        heard = await other.count()
        await self._call("POST", "/clock", {"set": int(morning.timestamp())})
        await expect(other).to_have_count(heard + 1)
        return other.nth(heard)

    async def shows(self, top: Locator, name: str) -> None:
        """The screen from that message on, as a picture of that name: a phone's height, or less where less was said."""
        await top.evaluate(FITTED)
        height = await self._page.evaluate("Number(document.body.dataset.height)")
        await self._page.set_viewport_size({"width": PHONE["width"], "height": min(int(height), PHONE["height"])})
        await top.evaluate(SCROLLED)
        await self._page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
        await self._page.set_viewport_size(PHONE)

    async def _call(self, method: str, path: str, body: dict[str, int] | None = None) -> dict[str, int]:
        async with self._http.request(method, self._url + path, json=body) as answer:
            found: dict[str, int] = await answer.json()
            return found


async def pictures() -> None:
    """Takes them all."""
    PICTURES.mkdir(exist_ok=True)
    async with demo() as url, phone(url) as page, aiohttp.ClientSession(raise_for_status=True) as http:
        aigul = Sitter(page, url, http)
        day = datetime.now(ZONE) + timedelta(days=5)
        planned, doubled = await aigul.posts(PLANNED.format(day=f"{day:%d.%m.%Y}")), await aigul.posts(DOUBLED)
        await aigul.wakes()
        hour = await aigul.says("/digest daily 08:00")
        await aigul.says(FLIGHT)
        await aigul.shows(hour, "chat")
        refused = await aigul.says(REFUSED)
        await aigul.shows(refused, "refusal")
        question = await aigul.says("/stats")
        await aigul.says("/stats sessions all by site")
        await aigul.shows(question, "stats")
        await aigul.says(SESSION)
        await aigul.says(f"/edit {planned} expected 31 status confirmed")
        await aigul.says(f"/withdraw {doubled} posted twice")
        await aigul.shows(await aigul.wakes(), "digest")


if __name__ == "__main__":
    asyncio.run(pictures())
