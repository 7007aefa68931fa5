"""The chat page, in a real browser against the real sandbox: what a person sees, does and hears."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

from sandbox import TOKEN, Sandbox

pytestmark = pytest.mark.browser

AIGUL, DANIYAR = 1001, 1002
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Quiet", "callback_data": "quiet"}, {"text": "Loud", "callback_data": "loud"}],
        [{"text": "Copy", "copy_text": {"text": "F-0003"}}, {"text": "Site", "url": "https://example.org/"}],
    ]
}


def find_browser() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("NO BROWSER: chromium, chromium-browser and google-chrome are not on the PATH; the page is NOT TESTED")


@dataclass
class Stage:
    """One sandbox with two people, a group and a bot that answers."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    group: int = 0
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def bot(self, method: str, **parameters: Any) -> Any:
        async with self.http.post(f"{self.sandbox.url}/bot{TOKEN}/{method}", json=parameters) as answer:
            told = await answer.json()
        assert told["ok"], told
        return told["result"]

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(self.sandbox.url + path, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def set_up(self) -> None:
        await self.bot("getMe")
        await self.bot("setMyCommands", commands=[{"command": "stats", "description": "Counts for any period"}])
        await self.post("/people", id=AIGUL, first_name="Aigul", language_code="ru", role="Aktau desk")
        await self.post("/people", id=DANIYAR, first_name="Daniyar", language_code="kk", role="Reception")
        await self.post(f"/person/{AIGUL}/say", text="/start")
        chat = await self.post("/chats", title="Reception", type="supergroup", members=[AIGUL, DANIYAR])
        self.group = chat["id"]

    async def send(self, text: str, **more: Any) -> int:
        sent = await self.bot("sendMessage", chat_id=AIGUL, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])

    async def live(self) -> None:
        """The bot's life: it repeats what it hears, and answers a press when it may."""
        offset = -1
        while True:
            updates = await self.bot("getUpdates", offset=offset, timeout=20)
            for update in updates:
                offset = update["update_id"] + 1
                await self._answer(update)

    async def _answer(self, update: dict[str, Any]) -> None:
        if query := update.get("callback_query"):
            await self.may_answer.wait()
            loud = query["data"] == "loud"
            await self.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=loud)
        elif message := update.get("message", {}).get("text"):
            await self.send(f"Heard: <b>{escape(message)}</b>")
        elif message := update.get("edited_message", {}).get("text"):
            await self.send(f"Corrected: <b>{escape(message)}</b>")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with aiohttp.ClientSession() as http, Sandbox() as sandbox:
        stage = Stage(sandbox, http)
        await stage.set_up()
        yield stage


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = find_browser()
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@dataclass
class Window:
    """A page, and everything its console complained about."""

    page: Page
    stage: Stage
    complaints: list[str] = field(default_factory=list)

    async def look(self, at: str, *, query: str = "") -> None:
        await self.page.goto(f"{self.stage.sandbox.url}/{query}#{at}")
        await expect(self.page.locator("body[data-ready='1']")).to_be_attached()

    async def say(self, text: str) -> None:
        await self.page.locator("#composer").fill(text)
        await self.page.locator("#send").click()


@pytest.fixture
async def window(browser: Browser, stage: Stage) -> AsyncIterator[Window]:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(8_000)
    window = Window(page, stage)
    page.on("console", lambda told: window.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: window.complaints.append(str(error)))
    life = asyncio.create_task(stage.live())
    yield window
    life.cancel()
    with suppress(asyncio.CancelledError):
        await life
    await page.close()
    assert window.complaints == []


async def test_what_is_said_is_answered_live(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.say("good morning")
    own = window.page.locator(f".message[data-from='{AIGUL}']").last
    await expect(own).to_contain_text("good morning")
    await expect(window.page.locator(".message.other").last).to_contain_text("Heard: good morning")
    await expect(window.page.locator("#composer")).to_have_value("")


async def test_a_pressed_button_stays_busy_until_the_bot_answers(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    message = await window.stage.send("A card", reply_markup=BUTTONS)
    button = window.page.locator(f"[data-message-id='{message}'] [data-callback='quiet']")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await window.stage.bot("editMessageText", chat_id=AIGUL, message_id=message, text="Edited", reply_markup=BUTTONS)
    await expect(window.page.locator(f"[data-message-id='{message}']")).to_contain_text("Edited")
    await expect(button).to_have_attribute("aria-busy", "true")
    window.stage.may_answer.set()
    await expect(window.page.locator("#toast")).to_have_text("Noted")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_loud_answer_is_a_dialog_and_a_copy_button_copies(window: Window) -> None:
    window.stage.may_answer.set()
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.stage.send("A card", reply_markup=BUTTONS)
    await window.page.locator("[data-callback='loud']").click()
    await expect(window.page.locator("#alert-text")).to_have_text("Noted")
    await window.page.locator("#alert-close").click()
    await window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await window.page.locator(".key[data-copy='F-0003']").click()
    await expect(window.page.locator("#toast")).to_have_text("Copied")
    assert await window.page.evaluate("navigator.clipboard.readText()") == "F-0003"


async def test_editing_changes_the_own_message_and_tells_the_bot(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.say("women 67")
    own = window.page.locator(f".message[data-from='{AIGUL}']").last
    await expect(own).to_contain_text("women 67")
    await own.locator(".line").click()
    await window.page.locator("[data-action='edit']").click()
    await expect(window.page.locator("#composer")).to_have_value("women 67")
    await window.say("women 68")
    await expect(own).to_contain_text("women 68")
    await expect(own.locator(".edited")).to_be_visible()
    await expect(window.page.locator(".message.other").last).to_contain_text("Corrected: women 68")


async def test_replies_reactions_and_deleting(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.stage.send("A card")
    card = window.page.locator(".message.other", has_text="A card").last
    await card.locator(".line").click()
    await window.page.locator("[data-action='reply']").click()
    await window.say("an answer")
    own = window.page.locator(f".message[data-from='{AIGUL}']").last
    await expect(own.locator(".reply")).to_contain_text("A card")
    await card.locator(".line").click()
    await window.page.get_by_role("menuitemradio", name="React with 👍").click()
    await expect(card.locator(".reaction[aria-pressed='true']")).to_contain_text("👍")
    await own.locator(".line").click()
    await window.page.locator("[data-action='delete']").click()
    await expect(window.page.locator(".message", has_text="an answer").locator(".reply")).to_have_count(0)


async def test_the_keyboard_alone_reaches_a_message(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.say("first")
    await expect(window.page.locator(".message.other").last).to_contain_text("Heard: first")
    await window.page.locator(".message").last.focus()
    await window.page.keyboard.press("ArrowUp")
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("[data-action='edit']")).to_be_visible()
    await window.page.keyboard.press("Escape")
    await expect(window.page.locator("#actions")).to_be_hidden()
    await expect(window.page.locator(f".message[data-from='{AIGUL}']").last).to_be_focused()


async def test_each_paragraph_runs_its_own_way(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    isolated = "\u2068F-0003\u2069 وصلت"
    message = await window.stage.send(f"نساء 67\nwomen 67\n{isolated}")
    lines = window.page.locator(f"[data-message-id='{message}'] .line")
    await expect(lines).to_have_count(3)
    ways = await lines.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).direction)")
    assert ways == ["rtl", "ltr", "rtl"]
    assert await lines.nth(2).text_content() == isolated


async def test_entities_count_in_utf16_and_may_nest(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    message = await window.stage.send(
        "👩‍👩‍👧 <b>bold <i>both</i></b> <code>F-1</code>\n<blockquote>quoted</blockquote>after"
    )
    shown = window.page.locator(f"[data-message-id='{message}'] .text")
    await expect(shown.locator("strong")).to_have_text("bold both")
    await expect(shown.locator("strong em")).to_have_text("both")
    await expect(shown.locator("code")).to_have_text("F-1")
    await expect(shown.locator("blockquote")).to_have_text("quoted")
    await expect(shown.locator(".line")).to_have_count(3)


async def test_markup_in_a_message_stays_text(window: Window) -> None:
    attack = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    await window.stage.post("/people", id=1003, first_name="<b>Sam</b>", role="<i>role</i>")
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.say(attack)
    own = window.page.locator(f".message[data-from='{AIGUL}']").last
    await expect(own.locator(".text")).to_have_text(attack)
    assert await window.page.locator("#messages :is(img, script)").count() == 0
    assert await window.page.locator("#people :is(i)").count() == 0
    assert await window.page.title() != "1"


@pytest.mark.parametrize("width", [320, 390])
async def test_nothing_overflows_a_narrow_screen(window: Window, width: int) -> None:
    await window.page.set_viewport_size({"width": width, "height": 700})
    long = "very" * 60
    await window.stage.send(f"{long}\n<pre>{'a table ' * 12}</pre><code>{long}</code>", reply_markup=BUTTONS)
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.say(f"https://example.org/{long}")
    await expect(window.page.locator(".message.other").last).to_contain_text("Heard")
    for scroller in ("document.documentElement", "document.getElementById('scroll')"):
        assert await window.page.evaluate(f"{scroller}.scrollWidth - {scroller}.clientWidth") <= 0
    await window.page.locator("#open-drawer").click()
    await expect(window.page.locator("#people [aria-current]")).to_be_in_viewport()
    await window.page.keyboard.press("Escape")
    await expect(window.page.locator("#people [aria-current]")).not_to_be_in_viewport()


async def test_the_address_chooses_person_and_chat_and_others_get_a_badge(window: Window) -> None:
    await window.page.set_viewport_size({"width": 1280, "height": 800})
    await window.look(f"{DANIYAR}/{window.stage.group}")
    await expect(window.page.locator("#chat-title")).to_have_text("Reception")
    await window.stage.send("a letter for Aigul")
    badge = window.page.locator(f"[data-person='{AIGUL}'] .badge")
    await expect(badge).to_be_visible()
    await window.page.locator(f"[data-person='{AIGUL}']").click()
    await expect(window.page.locator(".message.other").last).to_contain_text("a letter for Aigul")
    await expect(badge).to_have_count(0)


async def test_commands_are_offered_and_sent(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    await window.page.locator("#commands-button").click()
    await window.page.locator("[data-offer='/stats']").click()
    await expect(window.page.locator(".message.other").last).to_contain_text("Heard: /stats")
    await window.page.locator(".message.other").last.locator("[data-command='/stats']").click()
    await expect(window.page.locator(f".message[data-from='{AIGUL}']")).to_have_count(3)


async def test_a_file_goes_with_its_caption(window: Window) -> None:
    await window.look(f"{AIGUL}/{AIGUL}")
    file = FilePayload(name="flights, June.csv", mimeType="text/csv", buffer=b"ref,date\n")
    await window.page.locator("#file").set_input_files(file)
    await window.say("/import flights")
    own = window.page.locator(f".message[data-from='{AIGUL}']").last
    await expect(own.locator(".file b")).to_have_text("flights, June.csv")
    await expect(own.locator(".text")).to_have_text("/import flights")
    href = await own.locator(".file").get_attribute("href")
    async with window.stage.http.get(f"{window.stage.sandbox.url}{href}") as answer:
        assert await answer.read() == b"ref,date\n"


async def test_the_clock_is_wound_to_the_next_morning(window: Window) -> None:
    await window.page.set_viewport_size({"width": 1280, "height": 800})
    await window.look(f"{AIGUL}/{AIGUL}", query="?zone=Asia/Almaty")
    await window.page.locator("#clock-morning").click()
    await expect(window.page.locator("#clock-time")).to_have_text("08:00")
    await expect(window.page.locator("#clock-offset")).to_contain_text("ahead of real time")
    assert window.stage.sandbox.clock.now().strftime("%H:%M") == "03:00"


async def test_a_sandbox_that_comes_back_is_found_again(browser: Browser, stage: Stage) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    port = int(stage.sandbox.url.rsplit(":", 1)[1])
    window = Window(page, stage)
    await window.look(f"{AIGUL}/{AIGUL}")
    await stage.sandbox.stop()
    await expect(page.locator("#away")).to_contain_text("Reconnecting")
    async with Sandbox(port) as again:
        later = Stage(again, stage.http)
        await later.set_up()
        await later.send("back again")
        await expect(page.locator(".message.other").last).to_contain_text("back again", timeout=15_000)
        await expect(page.locator("#away")).to_be_hidden()
        await page.close()


async def test_an_empty_chat_says_what_the_bot_is_for_in_the_persons_language(window: Window) -> None:
    await window.stage.bot("setMyDescription", description="A desk")
    await window.look(f"{DANIYAR}/{DANIYAR}")
    empty = window.page.locator("#empty")
    await expect(empty).to_contain_text("A desk")
    await window.stage.bot("setMyDescription", description="Бұл бот", language_code="kk")
    await expect(empty).to_contain_text("Бұл бот")
    await window.look(f"{DANIYAR}/{window.stage.group}")
    await expect(empty).not_to_contain_text("A desk")
    assert window.complaints == []


async def test_the_menu_is_the_chats_and_follows_what_the_bot_sets(window: Window) -> None:
    stage = window.stage
    only = [{"command": "here", "description": "Осында"}]
    await window.look(f"{DANIYAR}/{stage.group}")
    await window.page.locator("#composer").fill("/")
    await expect(window.page.locator("#commands .command")).to_have_text(["/statsCounts for any period"])
    await stage.bot("setMyCommands", commands=only, scope={"type": "chat", "chat_id": stage.group})
    await expect(window.page.locator("#commands .command")).to_have_text(["/hereОсында"])
    await window.look(f"{DANIYAR}/{DANIYAR}")
    await window.page.locator("#composer").fill("/")
    await expect(window.page.locator("#commands .command")).to_have_text(["/statsCounts for any period"])


async def test_reactions_are_still_there_after_a_reload(window: Window) -> None:
    number = await window.stage.send("A card")
    await window.stage.bot(
        "setMessageReaction", chat_id=AIGUL, message_id=number, reaction=[{"type": "emoji", "emoji": "✍"}]
    )
    await window.look(f"{AIGUL}/{AIGUL}")
    card = window.page.locator(f"[data-message-id='{number}'] .reaction")
    await expect(card).to_contain_text("✍")
    await window.page.reload()
    await expect(card).to_contain_text("✍")
