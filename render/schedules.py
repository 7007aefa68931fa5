"""What is set about a chat's digest, and what became of setting it."""

from zoneinfo import ZoneInfo

from records.answer import Answer
from records.digest import Schedule
from render import html
from render.catalogue import Words
from render.html import Html


def settings(schedule: Schedule | None, words: Words) -> Answer:
    """What is set here, when the next digest comes, and how to change it; None if nothing is."""
    if schedule is None or schedule.state == "off":
        return Answer(html.blocks(words.say("schedule.none"), words.say("schedule.how")))
    if schedule.state == "paused":
        return Answer(html.blocks(words.say("schedule.paused"), words.say("schedule.how")))
    return Answer(
        html.blocks(html.lines(words.say("schedule.head"), *_set(schedule, words)), words.say("schedule.how"))
    )


def was_set(schedule: Schedule, words: Words) -> Answer:
    """The digest is on now, as the reader wished."""
    return Answer(html.lines(words.say("schedule.set"), *_set(schedule, words)))


def turned_off(words: Words) -> Answer:
    """No digest comes here any more."""
    return Answer(words.say("schedule.off"))


def _set(schedule: Schedule, words: Words) -> tuple[Html, ...]:
    return (
        words.say(f"schedule.{schedule.rule.cadence}", at=schedule.rule.at, zone=schedule.zone),
        words.say("schedule.next", at=schedule.due_at.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)),
        words.say(f"schedule.when_empty_{schedule.when_empty}"),
    )
