"""Takes the pictures of the README and the guide: the demo, a phone-wide browser, and two mornings of a desk at work."""

import asyncio
import re
import shutil
import sys
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
SCALE = 1.25
PATIENCE = 30_000
"""Milliseconds the page may take for anything."""
AIGUL = 1001
ZONE = ZoneInfo("Asia/Almaty")
HOUR = 8


@dataclass(frozen=True, slots=True)
class Words:
    """What Aigul writes in one language."""

    planned: str
    doubled: str
    hour: str
    flight: str
    refused: str
    by_site: str
    session: str
    change: str
    reason: str


SPOKEN = {
    "en": Words(
        planned="/flight {day} from Erbil to Almaty expected 26 type charter operation example-4",
        doubled="/session yesterday site Aktau type education children 16 minutes 45 note example",
        hour="/digest daily 08:00",
        flight="/flight yesterday from Al-Hasakah to Aktau 12 women 3 men 31 children operation example-3",
        refused="/flight yesterday from Erbil to Almaty people 20 women 14 childrn 9",
        by_site="/stats sessions all by site",
        session="/session yesterday site Aktau type psychosocial women 12 girls 14 boys 9 expected 40 minutes 90",
        change="expected 31 status confirmed",
        reason="posted twice",
    ),
    "ru": Words(
        planned="/flight {day} Эрбиль – Алматы, ожидается 26, тип чартерный, операция example-4",
        doubled="/session вчера центр Актау тип обучение дети 16 минуты 45 примечание пример",
        hour="/digest ежедневно 08:00",
        flight="/flight вчера Эль-Хасака – Актау, 12 женщин, 3 мужчины, 31 ребёнок, операция example-3",
        refused="/flight вчера Эрбиль – Алматы, люди 20 женщны 14 дети 9",
        by_site="/stats занятия за всё время по центрам",
        session="/session вчера центр Актау тип психосоциальная помощь женщины 12 девочки 14 мальчики 9 ожидается 40 минуты 90",
        change="ожидается 31 статус подтверждено",
        reason="записано дважды",
    ),
    "kk": Words(
        planned="/flight {day} Эрбиль – Алматы күтіледі 26 түрі чартер операция example-4",
        doubled="/session кеше орталық Ақтау түрі білім беру балалар 16 минут 45 ескертпе мысал",
        hour="/digest күн сайын 08:00",
        flight="/flight кеше Әл-Хасака – Ақтау 12 әйел 3 ер адам 31 бала операция example-3",
        refused="/flight кеше Эрбиль – Алматы адам саны 20 әйелдер 14 балаалр 9",
        by_site="/stats сессия барлығы бөлініс: орталық",
        session="/session кеше орталық Ақтау түрі психоәлеуметтік әйелдер 12 қыздар 14 ұлдар 9 күтіледі 40 минут 90",
        change="күтіледі 31 күйі расталды",
        reason="екі рет жазылған",
    ),
    "ar": Words(
        planned="/flight {day} من أربيل إلى ألماتي المتوقعون 26 النوع مستأجرة العملية example-4",
        doubled="/session أمس المركز أكتاو النوع تعليم الأطفال 16 المدة 45 ملاحظة مثال",
        hour="/digest يوميا 08:00",
        flight="/flight أمس\nمن الحسكة إلى أكتاو\n12 امرأة 3 رجال 31 طفلا\nالعملية example-3",
        refused="/flight أمس\nمن أربيل إلى ألماتي\nالأشخاص 20\nالنساء 14\nالفتييات 9",
        by_site="/stats الجلسات الكل حسب المركز",
        session="/session أمس المركز أكتاو النوع دعم نفسي اجتماعي النساء 12 الفتيات 14 الفتيان 9 المتوقعون 40 المدة 90",
        change="المتوقعون 31 الحالة مؤكدة",
        reason="أُدخل مرتين",
    ),
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
  const whole = last.getBoundingClientRect().bottom - above + 14;
  document.body.dataset.height = Math.ceil(around + (whole > tallest - around ? Math.max(...lines) : whole));
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

    async def posts(self, text: str) -> str:
        """Says it; the reference of the card that comes back."""
        await self.says(text)
        card = await self._page.locator(".message.other").last.inner_text()
        found = REF.search(card)
        if not found:
            raise RuntimeError(f"{text} was answered: {card}")
        return found[0]

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
        day = datetime.now(ZONE) + timedelta(days=5)
        planned = await aigul.posts(words.planned.format(day=f"{day:%d.%m.%Y}"))
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


async def main(languages: Sequence[str]) -> None:
    """Takes those of these languages, or of all."""
    for language in languages or SPOKEN:
        await pictures(language, SPOKEN[language])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
