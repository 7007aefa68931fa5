"""`/sites`: the team's own sites, the places nobody knows yet, and the buttons and words by which coordinators change them."""

import re
from dataclasses import dataclass, replace
from typing import Final

from desk import sites as desk
from desk.acts import Refused, Teller
from desk.sites import Leader
from handlers.ask import Ask, Press, Reply, Way
from handlers.buttons import ORDINAL, given_back
from handlers.house import House
from handlers.rights import demand
from records.answer import Answer
from records.command import SiteWish, nearest_places, read_sites
from records.fold import fold, tidy
from records.problem import Problem
from records.rights import may
from records.sites import refused, surroundings
from render import sites as told
from render.html import clip, plain
from render.problems import refusal, sentence
from render.sites import Stand, Strange, mark
from storage import sites as kept

DATA: Final = given_back(
    f"w:(?P<verb>[lsuxryma]):(?P<one>[\\w-]{{0,40}}):(?P<page>{ORDINAL})(?::(?P<to>[\\w-]{{1,40}}))?"
)
"""What the buttons give back: "l" turns to a page, "s" shows a place, "u" an unknown one, "m" merges that into a known one, "a"
makes it a site, "x" takes a name away, "r" asks about removing a site, "y" removes it."""
PAGE: Final = 8
TOAST: Final = 200


@dataclass(frozen=True, slots=True)
class Look:
    """All that is to be told, of one moment."""

    known: tuple[Stand, ...]
    strange: tuple[Strange, ...]

    def stand(self, key: str) -> Stand | None:
        """The known place of that key."""
        return next((one for one in self.known if one.key == key), None)

    def unknown(self, marked: str) -> Strange | None:
        """The unknown place that mark stands for."""
        return next((one for one in self.strange if mark(fold(one.name)) == marked), None)

    def name(self, marked: str) -> str:
        """The name, of those given to places, that mark stands for; "" for none."""
        names = (name for one in self.known for name in (*one.others, *one.merged))
        return next((name for name in names if mark(name) == marked), "")


async def sites(house: House, ask: Ask) -> Reply:
    """`/sites` alone, or with what is to be done."""
    wish = read_sites(ask.rest, house.vocabulary, house.places)
    if wish.act == "show":
        return await _page(house, ask.way, 1)
    if wish.act == "unread":
        return await _named(house, ask)
    demand(ask.way, "sites")
    try:
        key = await _done(house, ask.way, wish)
    except Refused as no:
        return Reply(refusal(no.problems, None, ask.command, "", house.speak(ask.way.language)))
    return await _after(house, ask.way, key, 1, undo=wish.name if wish.act == "merge" else "")


async def pressed(house: House, press: Press) -> Reply:
    """What a press leads to: another page, a place, or the change it stands for."""
    way, found = press.way, DATA.fullmatch(press.data)
    if found is None or not _fits(found) or (found["verb"] != "l" and house.audience(private=way.private).masked):
        return Reply(None, toast=house.speak(way.language).text("press.unknown"))
    if found["verb"] == "l":
        return await _page(house, way, int(found["page"]))
    look = await _look(house, way)
    return _shown(house, way, look, found) or await _changed(house, way, look, found)


def _fits(found: re.Match[str]) -> bool:
    """Whether it names what such a button names: pages none, merges two places, all others one."""
    return bool(found["one"]) == (found["verb"] != "l") and bool(found["to"]) == (found["verb"] == "m")


def _shown(house: House, way: Way, look: Look, found: re.Match[str]) -> Reply | None:
    """The place that a press looks at; None if it changes something, or there is none."""
    words, page = house.speak(way.language), int(found["page"])
    stand, strange = look.stand(found["one"]), look.unknown(found["one"])
    if found["verb"] == "s" and stand is not None:
        return Reply(told.site(stand, page, words, leads=may(way.role, "sites")))
    if found["verb"] == "u" and strange is not None:
        return Reply(_guessed(house, way, strange, page))
    if found["verb"] == "r" and stand is not None:
        return Reply(told.sure(stand, page, words))
    return None


async def _changed(house: House, way: Way, look: Look, found: re.Match[str]) -> Reply:
    """The place after the change that a press stands for, unless what it is about is gone."""
    demand(way, "sites")
    words, page, to = house.speak(way.language), int(found["page"]), found["to"] or ""
    wish = _wish(found["verb"], look, found["one"], to)
    if wish is None:
        return replace(await _page(house, way, page), toast=words.text("sites.moved_on"))
    try:
        key = await _done(house, way, wish, to)
    except Refused as no:
        reasons = " ".join(plain(sentence(each, words)) for each in no.problems)
        return replace(await _page(house, way, page), toast=clip(reasons, TOAST))
    after = await _after(house, way, key, page, undo=wish.name if wish.act == "merge" else "")
    return replace(after, toast=words.text("team.done"))


def _wish(verb: str, look: Look, one: str, to: str) -> SiteWish | None:
    """What a button stands for, if what it is about is still there."""
    stand, strange, name = look.stand(one), look.unknown(one), look.name(one)
    if verb == "m" and strange is not None and to:
        return SiteWish("merge", strange.name, (to,))
    if verb == "a" and strange is not None:
        return SiteWish("add", strange.name)
    if verb == "x" and name:
        return SiteWish("remove", name)
    return SiteWish("remove", stand.name) if verb == "y" and stand is not None and stand.own else None


async def _done(house: House, way: Way, wish: SiteWish, key: str = "") -> str:
    """Does it and reads the places anew; the key of the place it was about. Raises Refused, Denied."""
    by = Leader(Teller(house.team.id, way.who, house.now()), house.team.owners)
    match wish.act:
        case "add":
            done = await _added(house, by, wish)
        case "rename":
            _check(house, wish.others)
            done = await house.door.change(desk.rename, by, _place(house, wish.name), wish.others[0])
        case "city":
            done = await house.door.change(desk.move, by, _place(house, wish.name), _city(house, wish.others[0]))
        case "merge":
            _check(house, (wish.name,))
            into = key if house.places.get(key) else _place(house, wish.others[0])
            done = await house.door.change(desk.merge, by, wish.name, into, house.kinds)
        case _:
            done = await house.door.change(desk.remove_name, by, wish.name)
    await house.sites.renew()
    return done


async def _added(house: House, by: Leader, wish: SiteWish) -> str:
    """A site, or more names for a place that is known; a shipped place needs no adding but may have names of the team's."""
    shipped = house.places.shipped(wish.name)
    if shipped is not None and wish.others and house.places.find(wish.name) is not None:
        _check(house, wish.others)
        return await house.door.change(desk.call, by, shipped, wish.others)
    _check(house, (wish.name, *wish.others))
    where = surroundings((wish.name, *wish.others), house.places, house.team.country)
    return await house.door.change(desk.add, by, wish.name, wish.others, where)


def _check(house: House, names: "tuple[str, ...]") -> None:
    """Raises Refused with all that keeps those from being names of places."""
    wrong = [one for name in names if (one := refused(name, house.places, house.vocabulary)) is not None]
    if wrong:
        raise Refused(wrong)


def _place(house: House, name: str) -> str:
    """The key of a known place. Raises Refused, with the nearest that there are."""
    found = house.places.find(name)
    if found is None:
        near = nearest_places(name, house.places, 2)
        guesses = tuple(house.places.name(one, house.team.language) for one in near)
        raise Refused([Problem("", "no_such_site", name, guesses=guesses)])
    return found.key


def _city(house: House, name: str) -> tuple[str, str]:
    """Where a known place lies. Raises Refused."""
    found = house.places.find(name) or house.places.find(name, countries=True)
    if found is None:
        raise Refused([Problem("", "not_a_city", name)])
    return found.country, found.zone or ""


async def _named(house: House, ask: Ask) -> Reply:
    """The place that is named, known or not; how to say it where nothing is."""
    words, name = house.speak(ask.way.language), tidy(ask.rest).strip()
    if house.audience(private=ask.way.private).masked:
        return Reply(told.how(words))
    look, found = await _look(house, ask.way), house.places.find(name)
    stand = look.stand(found.key) if found is not None else None
    if stand is not None:
        return Reply(told.site(stand, 1, words, leads=may(ask.way.role, "sites")))
    strange = look.unknown(mark(fold(name))) if fold(name) else None
    return Reply(_guessed(house, ask.way, strange, 1) if strange is not None else told.how(words))


def _guessed(house: House, way: Way, strange: Strange, page: int) -> Answer:
    sites = {one.key: one.name for one in house.sites.known.sites}
    keys = nearest_places(strange.name, house.places)
    near = [(key, sites.get(key) or house.places.name(key, way.language)) for key in keys]
    return told.strange(strange, near, page, house.speak(way.language), leads=may(way.role, "sites"))


async def _after(house: House, way: Way, key: str, page: int, *, undo: str) -> Reply:
    """The place as it is then; the list, if it is none any more."""
    words = house.speak(way.language)
    stand = (await _look(house, way)).stand(key)
    if stand is None:
        return await _page(house, way, page)
    shown = told.site(stand, page, words, leads=may(way.role, "sites") and way.private)
    return Reply(told.merged(shown, undo, words) if undo else shown)


async def _page(house: House, way: Way, number: int) -> Reply:
    masked, look = house.audience(private=way.private).masked, await _look(house, way)
    strange = () if masked else look.strange
    every: tuple[Stand | Strange, ...] = (*look.known, *strange)
    pages = max(-(-len(every) // PAGE), 1)
    number = min(number, pages)
    shown = every[(number - 1) * PAGE : number * PAGE]
    leads = may(way.role, "sites") and way.private
    counts = (sum(one.own for one in look.known), len(strange))
    return Reply(told.listed(shown, counts, number, pages, house.speak(way.language), leads=leads, masked=masked))


async def _look(house: House, way: Way) -> Look:
    """The places as the reader calls them; a masked audience is told no numbers."""
    used = await house.door.read(kept.in_use, house.team.id)
    known, places = house.sites.known, house.places
    keys = dict.fromkeys((*(one.key for one in known.sites if one.kept), *(one.place for one in known.names)))
    masked = house.audience(private=way.private).masked
    return Look(
        tuple(_stand(house, way, key, None if masked else used.known.get(key, 0)) for key in keys if places.get(key)),
        tuple(Strange(one.name, one.entries) for one in used.unknown),
    )


def _stand(house: House, way: Way, key: str, entries: int | None) -> Stand:
    known, own, names = house.sites.known, house.sites.known.site(key), house.sites.known.called(key)
    entry = house.places.get(key)
    name = own.name if own else house.places.name(key, way.language)
    return Stand(
        key=key,
        name=name,
        others=tuple(one.name for one in names if not one.merged),
        merged=tuple(one.name for one in names if one.merged),
        entries=entries,
        own=own is not None and own in known.sites,
        country=entry.country if entry else "",
        zone=(entry.zone or "") if entry else "",
    )
