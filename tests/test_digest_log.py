"""`/digest log`: who got which digest when, what failed and why, page by page; a group sees only its own."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.ask import Press, Way
from handlers.delivering import PAGE, turned
from sandbox import TOKEN
from storage import letters, moves
from tests.house import AIGUL, TIMUR, VISITOR, Talk, talking, town, working
from tests.talk import PATIENCE, Heard
from tests.test_carrying import POST, UNTIL_DIGEST, all_sent, fault, refused, until
from tests.test_carrying import told as alarms
from tests.test_digest_mornings import DAY


async def log(talk: Talk, chat: int | None = None) -> Heard:
    return await talk.says("/digest log", chat=chat)


def blocks(heard: Heard) -> list[str]:
    """What is told of each digest."""
    return heard.text.split("\n\n")[1:]


async def noted(talk: Talk, condition: str) -> None:
    """Returns once a digest is noted so."""
    async with asyncio.timeout(PATIENCE):
        while not talk.rows(f"SELECT 1 FROM deliveries WHERE {condition}"):
            await asyncio.sleep(0.02)


async def test_one_that_was_sent_is_told_with_its_hour_its_chat_and_its_rule(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        assert "Nothing to show" in (await log(talk)).text
        await talk.says(POST)
        talk.clock.forward(UNTIL_DIGEST)
        await until(lambda: all_sent(talk))
        (told,) = blocks(await log(talk))
        assert "3 March 2026, 08:00" in told
        assert f"private chat {AIGUL}" in told
        assert "Every day at 08:00, Asia/Almaty" in told
        assert "Sent 3 March 2026, 08:00, 1 message" in told
        assert "F-0001" not in told


async def test_one_that_had_nothing_to_say_is_told_as_skipped(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 only flights when empty skip")
    talk.clock.forward(UNTIL_DIGEST)
    await noted(talk, "state = 'skipped'")
    (told,) = blocks(await log(talk))
    assert "skipped" in told
    assert "Flights" in told


async def test_one_for_who_blocked_the_desk_is_told_as_paused_and_why(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/start", who=TIMUR)
        await talk.says("/digest off", who=TIMUR)
        await talk.says(POST)
        await talk.people.call(f"/person/{AIGUL}/block", {"blocked": True})
        talk.clock.forward(UNTIL_DIGEST)
        (alarm,) = await until(lambda: alarms(talk, "paused"))
        assert f"chat {AIGUL} is paused" in alarm
        (told,) = blocks(await talk.says("/digest log", who=TIMUR))
        assert f"private chat {AIGUL}" in told
        assert "Paused" in told
        assert "the person has blocked the desk" in told


async def test_one_told_to_wait_says_until_when_how_often_and_why_and_then_that_it_went(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says(POST)
    await fault(talk, refused(429, "Too Many Requests: retry after 1", retry_after=1), chat=AIGUL)
    talk.clock.forward(UNTIL_DIGEST)
    await noted(talk, "reason = 'busy'")
    (told,) = blocks(await log(talk))
    assert "Waiting, next try 3 March 2026, 08:00" in told
    assert "1 try so far" in told
    assert "asked for a pause" in told
    talk.clock.forward(700)
    await until(lambda: all_sent(talk))
    (told,) = blocks(await log(talk))
    assert "Sent 3 March 2026, 08:11" in told
    assert "Waiting" not in told


async def test_nights_offline_are_one_line_for_all_their_mornings(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            await talk.says(POST)
        place.clock.forward(3 * DAY)
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            await until(lambda: all_sent(talk))
            (told,) = blocks(await log(talk))
            assert "3 March 2026, 08:00" in told
            assert "One digest for 3 mornings" in told


async def test_one_that_never_got_away_is_told_as_merged_into_the_next(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says(POST)
    await fault(talk, refused(500, "Internal Server Error"), None, AIGUL)
    talk.clock.forward(UNTIL_DIGEST)
    await noted(talk, "reason = 'away'")
    talk.clock.forward(DAY)
    await noted(talk, "state = 'merged'")
    await talk.people.call("/faults", method="DELETE")
    async with asyncio.timeout(PATIENCE):
        while not await all_sent(talk):
            talk.clock.forward(30)
            await asyncio.sleep(0.05)
    last, first = blocks(await log(talk))
    assert "One digest for 2 mornings" in last
    assert "Sent 4 March 2026, 08:" in last
    assert "Told within the next digest" in first
    assert "Telegram could not be reached" in first


async def test_one_that_may_have_come_twice_and_one_in_plain_text_say_so(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says(POST)
    await fault(talk, {"cut": "after"}, chat=AIGUL)
    talk.clock.forward(UNTIL_DIGEST)
    await noted(talk, "reason = 'unsure'")
    assert "goes once more, marked" in blocks(await log(talk))[0]
    await fault(talk, refused(400, "Bad Request: can't parse entities"), chat=AIGUL)
    talk.clock.forward(60)
    await until(lambda: all_sent(talk))
    (told,) = blocks(await log(talk))
    assert "Perhaps sent twice" in told
    assert "plain text" in told


async def test_a_group_sees_only_its_own_and_a_stranger_nothing(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/digest daily 08:00")
    await talk.says("/digest daily 09:00 for site Aktau when empty send", chat=group)
    talk.clock.forward(UNTIL_DIGEST + 3_600)
    await until(lambda: all_sent(talk))
    heard = await log(talk, group)
    (told,) = blocks(heard)
    assert "Site: Aktau" in told
    assert "chat" not in told
    assert str(AIGUL) not in heard.text
    whole = (await log(talk)).text
    assert f"group {group}" in whole
    assert f"private chat {AIGUL}" in whole
    seen = len(await talk.people.sees(AIGUL, group))
    await talk.tells("/digest log", who=VISITOR, chat=group)
    await talk.quiet()
    (refusal,) = (await talk.people.sees(AIGUL, group))[seen + 1 :]
    assert "08:00" not in refusal.text


async def test_a_group_finds_its_own_under_its_new_id(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/digest daily 08:00 when empty send", chat=group)
    talk.clock.forward(UNTIL_DIGEST)
    await until(lambda: all_sent(talk))
    await talk.desk.house.door.change(moves.move, group, group - 1)
    assert f"group {group - 1}" in (await log(talk)).text
    assert "Nothing to show" in (await log(talk, group)).text


async def test_one_turned_off_while_it_waits_says_so(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await fault(talk, refused(429, "Too Many Requests: retry after 1", retry_after=1), chat=AIGUL)
    talk.clock.forward(UNTIL_DIGEST)
    await noted(talk, "reason = 'busy'")
    await talk.says("/digest off")
    (told,) = blocks(await log(talk))
    assert "Turned off before it went out" in told


async def test_pages_are_turned_by_buttons_and_an_old_one_still_leads_on(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 when empty send")
    for morning in range(PAGE + 2):
        talk.clock.forward(DAY)
        await noted(talk, f"state = 'sent' AND id = {morning + 1}")
    newest = await log(talk)
    assert len(blocks(newest)) == PAGE
    assert "10 March 2026" in blocks(newest)[0]
    _, older = await talk.presses(newest, "Older")
    assert [one.split(",")[0] for one in blocks(older)] == ["4 March 2026", "3 March 2026"]
    stale = await log(talk)
    await talk.desk.house.door.change(
        letters.prune, talk.clock.now() + timedelta(days=talk.settings.retention.deliveries)
    )
    _, gone = await talk.presses(stale, "Older")
    assert "Nothing older is remembered" in gone.text
    _, back = await talk.presses(gone, "Newest")
    assert "Nothing to show" in back.text
    assert talk.rows("SELECT 1 FROM deliveries") == []


async def test_the_button_below_digest_opens_it_beside_and_nonsense_opens_nothing(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    panel = await talk.says("/digest")
    _, same = await talk.presses(panel, "What was sent")
    assert same.text == panel.text
    assert "Nothing to show" in (await talk.people.sees(AIGUL))[-1].text
    way = Way(1, AIGUL, None, private=True, who=AIGUL, message=1, language="en", query="1")
    assert (await turned(talk.desk.house, Press(way, "j:-1"))).answer is None


@pytest.mark.parametrize("words", ["log", "журнал", "журналы", "سجل", "السجل"])
async def test_it_is_asked_for_in_four_languages(talk: Talk, words: str) -> None:
    await talk.says("/digest daily 08:00")
    assert "Nothing to show" in (await talk.says(f"/digest {words}")).text


@pytest.mark.parametrize("words", ["log daily 08:00", "log only flights", "log zone Berlin"])
async def test_what_is_more_than_the_log_is_refused_and_changes_nothing(talk: Talk, words: str) -> None:
    await talk.says("/digest daily 07:00")
    assert "Nothing to show" not in (await talk.says(f"/digest {words}")).text
    assert [one["rule"] for one in talk.rows("SELECT * FROM schedules")] == ["daily 07:00"]


async def test_topics_are_told_apart(talk: Talk) -> None:
    made = {"title": "Forum", "type": "supergroup", "is_forum": True, "members": [AIGUL], "bot_is_admin": True}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.links(group)
    threads = [await topic(talk, group, name) for name in ("Flights", "Sessions")]
    for thread, rule in zip(threads, ("daily 08:00", "daily 07:00"), strict=True):
        await in_topic(talk, group, thread, f"/digest {rule} when empty send")
    talk.clock.forward(UNTIL_DIGEST)
    await until(lambda: all_sent(talk))
    (own,) = blocks(await in_topic(talk, group, threads[0], "/digest log"))
    assert "Every day at 08:00" in own
    assert "group" not in own
    whole = await log(talk)
    assert all(f"group {group}, topic {thread}" in whole.text for thread in threads)
    links = {one["url"] for one in whole.raw["entities"] if one["type"] == "text_link"}
    assert links == {f"https://t.me/c/{-group - 1_000_000_000_000}/{thread}" for thread in threads}


async def topic(talk: Talk, group: int, name: str) -> int:
    made = await talk.people.call(f"/bot{TOKEN}/createForumTopic", {"chat_id": group, "name": name})
    return int(made["result"]["message_thread_id"])


async def in_topic(talk: Talk, group: int, thread: int, text: str) -> Heard:
    said = Heard(await talk.people.call(f"/person/{AIGUL}/say", {"chat": group, "text": text, "thread": thread}))
    return await talk.people.hears(group, after=said.id)


async def test_the_list_of_several_digests_leads_to_the_log_too(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says("/digest daily 09:00 for site Aktau")
    panel = await talk.says("/digest")
    assert "What was sent" in " ".join(panel.buttons)
    await talk.presses(panel, "What was sent")
    assert "Nothing to show" in (await talk.people.sees(AIGUL))[-1].text
