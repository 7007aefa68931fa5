"""`wayhome import`: a table shown and stored from the shell as `/import` does it; the journal says so, by nobody."""

import asyncio
import os
from functools import partial
from pathlib import Path
from typing import Final

from bot import sentences
from bot.config import Settings
from bot.shell import COULD_NOT, WRONG_WORDS, Result, opened_house
from desk.acts import Teller
from desk.importing import Plan, lines_of, plan
from desk.store import Otherwise, keep, store
from exchange.limits import LIMITS
from exchange.shapes import Unreadable
from exchange.writing import Form
from handlers.house import House
from handlers.importing import Misheaded, Progress, planned, reported
from records.answer import Answer
from records.command import nearest_kind
from records.imports import Import
from records.kind import Kind
from render import html, importing
from render.importing import Telling
from storage.people import NOBODY

FORMS: Final[dict[str, Form]] = {".csv": "csv", ".xlsx": "xlsx"}


async def imported(settings: Settings, file: Path, asked: str, report: Path | None, *, yes: bool) -> Result:
    """What the rows of the file would do to entries of that kind; with `yes` they are stored, all of them or none.

    `report` is where the file goes that tells of every row.
    """
    async with opened_house(settings) as house:
        named = nearest_kind(asked, [one.name for one in house.kinds], house.vocabulary)
        form = FORMS.get(report.suffix.lower()) if report is not None else "csv"
        if named is None or form is None:
            return Result(wrong=[sentences.IMPORT_KIND if named is None else sentences.IMPORT_FORM], code=WRONG_WORDS)
        kind, words = house.kind(named), house.speak(house.team.language)
        try:
            content = await asyncio.to_thread(_beginning, file)
            ready = await planned(house, kind, content, house.team.language, Progress())
            tells = Telling(kind, words, house.places, ready.refs)
            if report is not None:
                await asyncio.to_thread(_written, report, tells, ready, form)
            return await _told(house, kind, ready, tells, yes=yes)
        except OSError as error:
            why = [f"{error.filename}: {error.strerror}"]
        except Unreadable as no:
            why = _plain(importing.unreadable(no.why, no.most, no.row, words))
        except Misheaded as no:
            why = _plain(importing.misheaded(no.headed.heading.problems, no.headed.broken, kind, words))
        return Result(wrong=why, code=COULD_NOT)


async def _told(house: House, kind: Kind, ready: Plan, tells: Telling, *, yes: bool) -> Result:
    """The preview, and what was stored."""
    shown = _plain(tells.preview(ready.told, ready.rows, 0, filed=False))
    if ready.told.wrong:
        return Result(wrong=shown, code=COULD_NOT)
    if not ready.told.stores or not yes:
        return Result([*shown, *([sentences.IMPORT_YES] if ready.told.stores else [])])
    try:
        done = await _stored(house, kind, ready)
    except Otherwise:
        return Result(wrong=[sentences.IMPORT_MOVED], code=COULD_NOT)
    return Result([*shown, *_plain(importing.stored(done.told, 0, house.speak(house.team.language)))])


async def _stored(house: House, kind: Kind, ready: Plan) -> Import:
    """Stores what the plan says. The plan is made again in the same change: a desk at work may write meanwhile."""
    team, now = house.team.id, house.now()
    table = Import(0, None, NOBODY, kind.name, "waiting", ready.told, now, ready.waiting)
    kept = await house.door.change(keep, team, table, house.team.owners)
    again = partial(plan, team=team, kind=kind, lines=lines_of(table.lines), context=house.context(now))
    teller = Teller(team, NOBODY, now)
    return await house.door.change(store, None, kept.id, kind, again, teller, house.team.owners)


def _plain(answer: Answer) -> list[str]:
    return html.plain(html.Html(answer.html)).splitlines()


def _beginning(file: Path) -> bytes:
    """The file, up to one byte more than is read."""
    with file.open("rb") as opened:
        return opened.read(LIMITS.size + 1)


def _written(report: Path, tells: Telling, ready: Plan, form: Form) -> None:
    content = reported(tells, ready, form)
    with os.fdopen(os.open(report, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
