"""Who got which digest when: one block for each, the newest first, and buttons to older ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from records.answer import Answer, Button
from records.digest import NO_CHART, Delivery
from render import html
from render.catalogue import Words, capital
from render.html import Html
from render.narrowed import of_filter
from render.schedules import LOG, Told, when

FILTER_MOST: Final = 200
"""Characters of a filter, so that a page of them fits into a message."""
TOPIC: Final = "https://t.me/c"
"""Before a supergroup's own number and a topic's, the address that opens the topic for its members."""
SUPERGROUP: Final = 1_000_000_000_000
"""What Telegram adds to a supergroup's number to make a chat's id of it, with a minus before."""
NOTHING: Final = Html()
NEWEST: Final = "0"
"""In the place of an id: the page of the newest."""


def log(found: Sequence[Delivery], told: Told, chat: int | None, *, older: bool, before: int | None) -> Answer:
    """A page of what became of digests: of one chat, or of the whole team if `chat` is None; then each says whose it was.

    `older` if there are more behind it; `before` is the id it begins below, None for the newest page.
    """
    words = told.words
    row = [] if before is None else [Button(words.text("delivery.button_newest"), LOG + NEWEST)]
    row += [Button(words.text("delivery.button_older"), f"{LOG}{found[-1].id}")] if older else []
    buttons = (tuple(row),) if row else ()
    if not found:
        return Answer(words.say("delivery.none" if before is None else "delivery.none_older"), buttons)
    head = words.say("delivery.head_team" if chat is None else "delivery.head")
    return Answer(html.blocks(head, *(_block(one, told, whose=chat is None) for one in found)), buttons)


def _block(one: Delivery, told: Told, *, whose: bool) -> Html:
    """One digest: when it was due, whose it is, which, and what became of it."""
    words = told.words
    where = _where(one, words) if whose else NOTHING
    due = html.join(" · ", (html.bold(words.moment(_local(one, one.due_at))), where))
    narrowed = NOTHING
    if one.filter:
        text = html.plain(capital(of_filter(one.filter, told.kinds, words, told.places)))
        narrowed = words.name(html.clip(text, FILTER_MOST))
    several = words.say_n("delivery.mornings", one.mornings) if one.mornings > 1 else NOTHING
    return html.lines(due, when(one.rule, one.zone, words), narrowed, several, *_became(one, words))


def _where(one: Delivery, words: Words) -> Html:
    """Which chat it went to, and which topic of a forum: a number that leads there."""
    if one.chat > 0:
        return words.say("delivery.private", chat=str(one.chat))
    group = words.say("delivery.group", chat=str(one.chat))
    if not one.thread:
        return group
    number = html.link(str(one.thread), f"{TOPIC}/{-one.chat - SUPERGROUP}/{one.thread}")
    return html.join(", ", (group, words.say("delivery.topic", topic=number)))


def _became(one: Delivery, words: Words) -> tuple[Html, ...]:
    """What became of it, how far it got, and what was not as it should be."""
    partly = one.state != "sent" and one.sent
    return (
        _state(one, words),
        words.say_n("delivery.partly", one.sent, parts=one.parts) if partly else NOTHING,
        words.say("delivery.marked") if one.marked else NOTHING,
        words.say("delivery.plain") if one.plain else NOTHING,
        words.say("delivery.no_chart") if one.state == "sent" and one.reason == NO_CHART else NOTHING,
    )


def _state(one: Delivery, words: Words) -> Html:
    if one.state == "sent" and one.sent_at is not None:
        return words.say_n("delivery.sent", one.parts, at=_local(one, one.sent_at))
    if one.state == "waiting" and one.next_try is not None:
        tries = words.say_n("delivery.tries", one.tries) if one.tries else NOTHING
        waits = words.say("delivery.waiting", at=_local(one, one.next_try))
        return html.lines(waits, html.join(" ", (tries, _why(one, words))))
    return html.lines(words.say(f"delivery.{one.state}"), _why(one, words))


def _why(one: Delivery, words: Words) -> Html:
    """The reason in the reader's words: of what can't be reached at all as the owners were told it."""
    if not one.reason:
        return NOTHING
    key = f"unreachable.{one.reason}" if one.state == "paused" else f"delivery.why_{one.reason}"
    return words.say("delivery.why", reason=words.say(key))


def _local(one: Delivery, at: datetime) -> datetime:
    """A moment by the clock the digest goes by."""
    return at.astimezone(ZoneInfo(one.zone)).replace(tzinfo=None)
