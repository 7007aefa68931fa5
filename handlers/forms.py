"""The guided form: opened by a command that stands alone, filled in by buttons and by typing, posted like any message."""

from collections.abc import Mapping, Sequence
from typing import Final

from desk import fill
from desk.acts import Refused, Teller
from handlers.ask import Ask, Press, Reply, Way
from handlers.buttons import NUMBER, ORDINAL, given_back
from handlers.finding import may_show
from handlers.house import House
from handlers.posting import done, shown
from handlers.reading import card_of
from handlers.rights import demand
from records.command import answered
from records.entry import Entry
from records.form import Draft, filled, moved, offered, retold, suggested
from records.kind import Context, Field, Kind, Values
from records.problem import Problem
from records.question import Search
from records.record import settle
from render.answers import already_posted
from render.counts import hidden_fields
from render.form import NOTHING_WRONG, Sheet, Wrong, closed, page_of
from storage import answers, drafts, entries
from storage.door import Tx
from storage.typed import Typed

DATA: Final = given_back(f"f:(?P<draft>{NUMBER}):(?P<revision>{NUMBER}):(?P<verb>[a-z])(?::(?P<arg>[\\w-]{{1,60}}))?")
"""What the buttons give back: "o", "b", "k", "e" and "v" change the form (`records.form.moved`), "m" turns its calendar to a
month, "n" holds the digits keyed in so far, "p" turns its pages, "d" shows the summary, "y" posts it, "x" gives it up."""
LOOKS: Final = frozenset("mnp")
ARGUMENTS: Final[Mapping[str, str]] = {
    "o": r"\w+",
    "v": r"[\w-]+",
    "m": r"[0-9]{4}-(?:0[1-9]|1[0-2])",
    "n": f"{NUMBER}?",
    "p": ORDINAL,
}
"""What stands behind a verb; behind all others nothing does."""
LATELY: Final = 50
"""Entries whose places are offered again."""
LIKELY: Final = 16
"""Places offered for a field."""


async def opened(house: House, ask: Ask, kind: Kind) -> Reply:
    """A new form; the one this person had in this chat is over."""
    way = ask.way
    draft = await house.door.change(
        fill.begin, way.update, way.route, kind, way.message, _teller(house, way, way.message)
    )
    return await _drawn(house, way, draft)


async def pressed(house: House, press: Press) -> Reply:
    """What a press of a form's button leads to; a form is filled in by the person who opened it, and by nobody else."""
    way, words = press.way, house.speak(press.way.language)
    found = DATA.fullmatch(press.data)
    if found is None or not given_back(ARGUMENTS.get(found["verb"], "")).fullmatch(found["arg"] or ""):
        return Reply(None, toast=words.text("press.unknown"))
    draft = await house.door.read(drafts.by_id, house.team.id, int(found["draft"]))
    if draft is None or draft.chat != way.chat:
        return await _over(house, way)
    if draft.who != way.who:
        return Reply(None, toast=words.text("form.not_yours"))
    if draft.revision != int(found["revision"]):
        return await _drawn(house, way, draft)
    return await _turned(house, way, draft, found["verb"], found["arg"] or "")


async def _turned(house: House, way: Way, draft: Draft, verb: str, arg: str) -> Reply:
    """What a fresh press leads to. Those that only look keep nothing: after a crash they are simply pressed again."""
    if verb in LOOKS:
        return await _drawn(house, way, draft, look=arg, page=int(arg) if verb == "p" else 1)
    if verb == "d":
        return _summary(house, way, draft)
    if verb == "y":
        return await _confirmed(house, way, draft)
    if verb == "x":
        await house.door.change(fill.cancel, way.update, way.route, house.team.id, draft)
        return Reply(closed(house.speak(way.language)), to=draft.asked)
    after = moved(draft, _fields(house, way, draft), verb, arg, house.places)
    if after is None:
        return Reply(None, toast=house.speak(way.language).text("press.unknown"))
    return await _kept(house, way, draft, after)


async def typed(house: House, ask: Ask, replied: int | None) -> Reply | None:
    """A form with what a plain message tells it; None if the message speaks to no form.

    In a private chat it does whenever there is one, in a group if it answers the form's message: the rest is other people's.
    """
    way = ask.way
    told = await house.door.read(fill.told, house.team.id, way.chat, way.message) if way.edited else None
    if told is not None:
        return await _retyped(house, ask, told)
    found = await house.door.read(fill.standing, house.team.id, way.chat, way.who)
    if found is None:
        return None
    draft, message = found
    if way.message < draft.asked or (not way.private and (replied is None or replied != message)):
        return None
    return await _told(house, ask, draft)


async def _retyped(house: House, ask: Ask, told: fill.Told) -> Reply:
    """A typed answer says something else now: the form takes it, or what became of the form is told."""
    words = house.speak(ask.way.language)
    if told.draft is not None and told.draft.who == ask.way.who:
        return await _told(house, ask, told.draft, told.typed)
    if told.entry is not None and may_show(house, ask.way, told.entry):
        return Reply(already_posted(told.entry, words), fresh=True)
    return Reply(closed(words), fresh=True)


async def _told(house: House, ask: Ask, draft: Draft, before: Typed | None = None) -> Reply:
    """The form with what the message tells it, in place of what it told `before`. Raises Denied."""
    demand(ask.way, "post")
    way, asked = ask.way, before.field if before is not None else draft.field
    kind, fields = house.kind(draft.kind), _fields(house, way, draft)
    reading = answered(ask.rest, asked, kind, house.vocabulary, house.context(ask.at, way.language))
    if reading.problems:
        corrected = "" if way.apart else reading.corrected
        return await _drawn(house, way, draft, wrong=Wrong(_tellable(way, kind, reading.problems), corrected))
    after = filled(draft, reading.values, fields) if before is None else retold(draft, before.said, reading.values)
    return await _kept(house, way, draft, after, (way.message, Typed(draft.id, asked, reading.values)))


async def owed(house: House, way: Way, draft_id: int) -> Reply:
    """The form that a crash kept from being drawn anew, as it stands now."""
    draft = await house.door.read(drafts.by_id, house.team.id, draft_id)
    return await _drawn(house, way, draft) if draft is not None else await _over(house, way)


async def _kept(house: House, way: Way, before: Draft, after: Draft, told: tuple[int, Typed] | None = None) -> Reply:
    """Keeps the step, and what a message `told`, and draws the form on the page where its button stood."""
    kept = await house.door.change(fill.step, way.update, way.route, house.team.id, after, house.now(), told)
    if kept is None:
        return await _over(house, way)
    return await _drawn(house, way, kept, page=page_of(_fields(house, way, kept), before.field))


async def _confirmed(house: House, way: Way, draft: Draft) -> Reply:
    """The card in place of the form; what keeps it from being posted, told in the form."""
    kind = house.kind(draft.kind)
    record, wrong = settle(kind, draft.values, _context(house, way))
    if record is None:
        return _summary(house, way, draft)
    told = _teller(house, way, draft.asked)
    try:
        return shown(house, way, await done(house, way, fill.confirm, kind, record, draft, told))
    except Refused as no:
        problems = _tellable(way, kind, (*wrong, *no.problems))
        return Reply(_sheet(house, way, draft).summary(None, problems), to=draft.asked)


def _summary(house: House, way: Way, draft: Draft) -> Reply:
    kind = house.kind(draft.kind)
    record, wrong = settle(kind, draft.values, _context(house, way))
    problems = _tellable(way, kind, wrong)
    return Reply(_sheet(house, way, draft).summary(record.values if record else None, problems), to=draft.asked)


def _tellable(way: Way, kind: Kind, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems; in a group without the figures that only private chats are told."""
    hidden = hidden_fields(kind, private=way.private)
    return tuple(Problem(one.field, "only_in_private") if one.field in hidden else one for one in problems)


async def _drawn(
    house: House, way: Way, draft: Draft, *, look: str = "", wrong: Wrong = NOTHING_WRONG, page: int = 1
) -> Reply:
    sheet = _sheet(house, way, draft)
    likely: Sequence[str] = ()
    if draft.field in sheet.kind.by_name:
        told = await house.door.read(_told_lately, house, way, draft.kind)
        likely = suggested(sheet.kind.field(draft.field), told, house.team.country, house.places, LIKELY)
    return Reply(sheet.drawn(look, wrong, likely, page), to=draft.asked)


def _told_lately(tx: Tx, house: House, way: Way, kind: str) -> list[Values]:
    """Of the latest entries those that this chat may see: where they happened is likely again."""
    found, _ = entries.search(tx, house.team.id, Search(kind, None, None), LATELY)
    return [one.values for one in found if may_show(house, way, one)]


async def _over(house: House, way: Way) -> Reply:
    """Instead of a form that is over: the card of the entry it became, or a line."""
    entry = await house.door.read(_shown_by, house.team.id, way.chat, way.message)
    if entry is not None and may_show(house, way, entry):
        return card_of(house, way, entry)
    return Reply(closed(house.speak(way.language)))


def _shown_by(tx: Tx, team: int, chat: int, message: int) -> Entry | None:
    entry = answers.entry_of(tx, team, chat, message)
    return entries.by_id(tx, team, entry) if entry is not None else None


def _sheet(house: House, way: Way, draft: Draft) -> Sheet:
    kind, fields, today = house.kind(draft.kind), _fields(house, way, draft), _context(house, way).today
    return Sheet(draft, kind, fields, house.speak(way.language), house.places, today, way.private)


def _fields(house: House, way: Way, draft: Draft) -> tuple[Field, ...]:
    return offered(house.kind(draft.kind), private=way.private)


def _context(house: House, way: Way) -> Context:
    return house.context(house.now(), way.language)


def _teller(house: House, way: Way, asked: int) -> Teller:
    """Whoever fills the form in tells it, by the message that opened it."""
    return Teller(house.team.id, way.who, house.now(), way.chat, asked)
