"""Buttons below `/digest`: each changes one thing, in place, and does nothing once something else was changed."""

from dataclasses import replace
from typing import Final

from digests import schedules
from digests.schedules import Place, Setting
from handlers.ask import Press, Reply, Way
from handlers.buttons import NUMBER, ORDINAL, given_back
from handlers.digesting import preview, put, telling, turn_off
from handlers.house import House
from records import zones
from records.answer import Answer
from records.digest import Schedule
from records.rule import Rule
from render import schedules as told
from render.catalogue import languages
from storage import schedules as kept
from storage.door import Tx

DATA: Final = given_back(f"n:(?P<id>{NUMBER}):(?P<seal>[0-9a-f]{{1,8}}):(?P<verb>[a-zA-Z])(?P<value>[\\w/+-]*)")
"""What buttons give back: n:id:seal:verb, and behind the verb what is chosen."""
CHOOSE: Final = frozenset("hcwdegLZ")
"""Verbs behind which is what was chosen; behind no other is anything."""
DAY: Final = given_back(ORDINAL)
LOOKS: Final = frozenset({*told.PICKED, "v", "p", "y"})
"""Verbs that change nothing, so that they work however old the button is."""
OFFERED: Final = 6
"""Zones offered as buttons."""
USUAL: Final = ("Asia/Almaty", "Asia/Baghdad", "Europe/Istanbul", "Europe/Berlin", "UTC")


async def pressed(house: House, press: Press) -> Reply:
    """What a press leads to: the panel anew, a question, a preview."""
    found, way = DATA.fullmatch(press.data), press.way
    if found is None or (found["verb"] in CHOOSE) != bool(found["value"]):
        return _unknown(house, way)
    if found["id"] == told.NOTHING:
        return await _of_none(house, way, found["verb"], found["seal"])
    one = await house.door.read(_of_chat, house.team.id, way, int(found["id"]))
    if one is None:
        return _unknown(house, way)
    if found["verb"] in LOOKS:
        return await _looked(house, way, one, found["verb"])
    if one.seal != found["seal"]:
        return replace(_panel(house, way, one), toast=house.speak(way.language).text("schedule.stale"))
    return await _changed(house, way, one, found["verb"], found["value"])


async def _looked(house: House, way: Way, one: Schedule, verb: str) -> Reply:
    """What changes nothing: the panel, a question, a preview, and the question of the zone in a message of its own."""
    if verb == "v":
        return _panel(house, way, one)
    if verb == "p":
        first, *more = (Answer(page) for page in await preview(house, way, one.filter))
        return Reply(first, more=tuple(more), fresh=True)
    asked = told.ask(one, "z" if verb == "y" else verb, telling(house, way.language), await _zones(house, one))
    return Reply(asked, fresh=verb == "y")


async def _changed(house: House, way: Way, one: Schedule, verb: str, value: str) -> Reply:
    """The panel after what a press stands for."""
    if verb == "x":
        await turn_off(house, way, [one])
        return _panel(house, way, replace(one, state="off"))
    setting = setting_of(verb, value, one.rule)
    if setting is None:
        return _unknown(house, way)
    return _panel(house, way, await put(house, way, Place(one.chat, one.thread, one.filter), setting))


def setting_of(verb: str, value: str, rule: Rule) -> Setting | None:
    """What a button sets; None if no button of the desk gives that."""
    setting: Setting | None = None
    match verb:
        case "h":
            setting = _ruled(rule.cadence, f"{value[:2]}:{value[2:]}", rule.day)
        case "c":
            setting = _ruled(value, rule.at)
        case "w" | "d" if DAY.fullmatch(value):
            setting = _ruled("weekly" if verb == "w" else "monthly", rule.at, int(value))
        case "e" if value in {"send", "skip"}:
            setting = Setting(when_empty=value)
        case "g" if value in {"on", "off"}:
            setting = Setting(chart=value == "on")
        case "L" if value in languages():
            setting = Setting(language=value)
        case "Z" if zones.exists(value):
            setting = Setting(zone=value)
        case "o":
            setting = Setting()
    return setting


def _ruled(cadence: str, at: str, day: int = 0) -> Setting | None:
    try:
        return Setting(Rule.parse(Rule(cadence, at, day).text))
    except (ValueError, IndexError):
        return None


async def _of_none(house: House, way: Way, verb: str, seal: str) -> Reply:
    """A press that means no digest of its own: the first one of a chat, or all of them off."""
    here = await house.door.read(schedules.of_chat, house.team.id, way.chat, way.thread or 0)
    if verb == "n" and not here:
        return _panel(house, way, await put(house, way, Place(way.chat, way.thread or 0), Setting()))
    if verb == "x" and here and told.seal_of(here) == seal:
        await turn_off(house, way, here)
        return Reply(told.all_off(house.speak(way.language)))
    toast = house.speak(way.language).text("schedule.stale")
    return Reply(told.settings(here, telling(house, way.language)), toast=toast)


async def _zones(house: House, one: Schedule) -> tuple[str, ...]:
    """The zones to choose from: the team's, the digest's own, and the most usual ones."""
    usual = await house.door.read(kept.zones, house.team.id, OFFERED)
    return tuple(dict.fromkeys((house.team.zone.key, one.zone, *usual, *USUAL)))[:OFFERED]


def _of_chat(tx: Tx, team: int, way: Way, schedule: int) -> Schedule | None:
    """The schedule of that id if it is this chat's, in this topic."""
    here = kept.all_of_chat(tx, team, way.chat, way.thread or 0)
    return next((one for one in here if one.id == schedule), None)


def _panel(house: House, way: Way, one: Schedule) -> Reply:
    return Reply(told.panel(one, telling(house, way.language)))


def _unknown(house: House, way: Way) -> Reply:
    return Reply(None, toast=house.speak(way.language).text("press.unknown"))
