"""What needs someone, as people meet it: told once, and again on the day somebody asked for."""

from pathlib import Path

from sandbox import TOKEN
from tests.house import AIGUL, VISITOR, Talk, talking
from tests.talk import Heard
from tests.test_digest_mornings import DAY, HOUR, is_digest

ATTENTION = "Needs attention"


async def morning(talk: Talk, chat: int = AIGUL) -> Heard:
    """The digest of the next morning."""
    await talk.quiet()
    talk.people.forget()
    talk.clock.forward(DAY)
    heard = await talk.people.hears(chat)
    assert is_digest(heard)
    return heard


async def first_morning(talk: Talk, chat: int = AIGUL) -> Heard:
    """The first digest, which tells of a flight whose day is over."""
    await talk.says("/flight 28.02.2026 from Al-Hasakah to Aktau expected 12 status planned", chat=chat)
    talk.people.forget()
    talk.clock.forward(22 * HOUR)
    heard = await talk.people.hears(chat)
    assert ATTENTION in heard.text
    assert "what became of it" in heard.text
    return heard


async def test_what_needs_someone_is_told_once_and_again_on_the_day_that_was_asked_for(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        told = await first_morning(talk)
        assert list(told.buttons) == ["⏰ +1 day", "+3 days", "+1 week"]
        assert ATTENTION not in (await morning(talk)).text
        toast, now = await talk.presses(told, "+3 days")
        assert "Sat 7 Mar" in toast
        assert list(now.buttons) == ["⏰ +1 day", "✅ 7 Mar", "+1 week"]
        assert now.text == told.text
        toast, now = await talk.presses(now, "+1 day")
        assert "Thu 5 Mar" in toast
        assert list(now.buttons) == ["✅ 5 Mar", "+3 days", "+1 week"]
        again = await morning(talk)
        assert ATTENTION in again.text
        assert len(again.buttons) == 3
        quiet = await morning(talk)
        assert ATTENTION not in quiet.text
        assert quiet.buttons == {}


async def test_what_was_settled_is_not_brought_back(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        told = await first_morning(talk)
        await talk.presses(told, "+1 day")
        await talk.says("/edit F-0001 status cancelled")
        assert ATTENTION not in (await morning(talk)).text


async def test_a_group_s_buttons_are_the_team_s_and_its_own(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        group, other = await talk.group(), await talk.group()
        await talk.says("/digest daily 08:00", chat=group)
        told = await first_morning(talk, group)
        assert "Al-Hasakah" not in told.text
        toast, now = await talk.presses(told, "+1 day", VISITOR)
        assert "ours" in toast or "team" in toast
        assert now.buttons == told.buttons
        (schedule,) = talk.rows("SELECT id, remind_at, told_at FROM schedules")
        assert schedule["remind_at"] < schedule["told_at"]
        await talk.says("/digest daily 08:00", chat=other)
        (stranger,) = talk.rows(f"SELECT id, remind_at FROM schedules WHERE chat = {other}")
        for data in (f"a:{stranger['id']}:1", f"a:{schedule['id']}:2", "a:99:1", "a:1:1:1", f"a:{schedule['id']}"):
            assert "doesn't work" in await forged(talk, told, data)
        assert talk.rows("SELECT id, remind_at FROM schedules WHERE remind_at > told_at") == [stranger]
        await forged(talk, told, f"a:{schedule['id']}:1")
        assert len(talk.rows("SELECT id FROM schedules WHERE remind_at > told_at")) == 2


async def forged(talk: Talk, under: Heard, data: str) -> str:
    """What pops up after pressing a button that the desk never put there, as a client of one's own may."""
    markup = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
    body = {"chat_id": under.chat, "message_id": under.id, "reply_markup": markup}
    await talk.people.call(f"/bot{TOKEN}/editMessageReplyMarkup", body)
    body = {"chat": under.chat, "message": under.id, "data": data}
    pressed = await talk.people.call(f"/person/{AIGUL}/press", body)
    answered = await talk.people.event(lambda one: one["type"] == "answered" and one["callback"] == pressed["callback"])
    return str(answered.get("text") or "")


async def test_a_button_of_a_digest_that_is_off_says_so(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        told = await first_morning(talk)
        await talk.says("/digest off")
        toast, now = await talk.presses(told, "+1 day")
        assert "doesn't work" in toast
        assert now.buttons == told.buttons


async def test_a_preview_has_no_buttons(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 28.02.2026 from Al-Hasakah to Aktau expected 12 status planned")
        shown = await talk.says("/digest now")
        assert ATTENTION in shown.text
        assert "button below" not in shown.text
        assert shown.buttons == {}
