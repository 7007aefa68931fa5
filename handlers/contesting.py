"""The answer to the question what to make of a field that two people changed."""

from typing import Final

from desk.contest import mine
from handlers.ask import Press, Reply
from handlers.buttons import NUMBER, given_back
from handlers.finding import may_show
from handlers.house import House
from handlers.presses import changed, stale
from handlers.reading import card_of
from records.contest import fields_marked
from storage import entries

DATA: Final = given_back(
    f"(?P<verb>[km]):(?P<entry>{NUMBER}):(?P<revision>{NUMBER}):(?P<fields>[1-9a-f][0-9a-f]{{0,15}})"
)
"""What its buttons give back: "k" keeps what the other one said, "m" takes what the message says."""


async def pressed(house: House, press: Press) -> Reply:
    """The card, as the person whose message it is wants it; anybody else is told that it isn't theirs to say."""
    words, found = house.speak(press.way.language), DATA.fullmatch(press.data)
    entry = await house.door.read(entries.by_id, house.team.id, int(found["entry"])) if found else None
    if found is None or entry is None or not may_show(house, press.way, entry):
        return Reply(None, toast=words.text("press.unknown"))
    if entry.who != press.way.who:
        return Reply(None, toast=words.text("contest.not_asked"))
    if entry.withdrawn is not None or entry.revision != int(found["revision"]):
        return await stale(house, press, entry, int(found["revision"]))
    if found["verb"] == "k":
        return Reply(card_of(house, press.way, entry).answer, entry=entry.id, toast=words.text("contest.kept"))
    kind = house.kind(entry.kind)
    return await changed(house, press, entry, kind, mine(kind, entry.said, fields_marked(kind, found["fields"])))
