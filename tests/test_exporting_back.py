"""A file that was sent reads back to the same values: in every language, as every sort of table."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from exchange.reading import read
from exchange.shapes import Sheet
from records.columns import field_of_head, field_of_tag, is_beside, option_of
from records.kind import Choice, Count, Country, Field, Flag, Kind, Moment, Place, Value
from records.kinds import KINDS
from storage.entries import by_ref
from tests.house import AIGUL, Talk, talking
from tests.test_exporting import gets

POSTS: Final = (
    (
        "/flight 09.05.2025 from Al-Hasakah to Aktau women 67 girls 3 orphans 2 boarded 71 escorts 4 type charter "
        'operation zhusan-2 carrier "Air; of, the North" aircraft Boeing 737\nnote: =HYPERLINK("http://example.org")'
    ),
    (
        '/flight 01.03.2026 from "Sunrise school" to DXB men 12 children about 31 justice 7 departs 28.02.2026 23:50 '
        "arrives 04:15 site Umit\nsource: -ministry's channel"
    ),
    "/flight type summary 06.01.2019 until 28.02.2019 from Syria to Kazakhstan people 369+",
    "/flight 02.03.2026 from Erbil to MDW expected 9 citizens Bosnia and Herzegovina",
    (
        "/session 01.03.2026 time 10:30 site Umit type psychosocial women 12 minutes 90 provider social worker sessions 3 "
        "mode group delivery home visit new 2\nnote: +7 more are expected @ noon"
    ),
    '/session 02.03.2026 site "Kids\' corner" type medical adults 3 people 9 mode family',
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        await talk.says("/sites add Centre Umit Karaganda = Үміт орталығы, مركز أوميت")
        for one in POSTS:
            told = await talk.says(one)
            assert "-000" in told.text, told.text
        yield talk


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "hxl"])
async def test_what_was_sent_reads_back_to_the_same_values(desk: Talk, language: str, form: str) -> None:
    await desk.says(f"/language {language}")
    house, seen = desk.desk.house, 0
    for kind in KINDS:
        sheet = await read((await gets(desk, f"/export {kind.name} all {form}")).content)
        for row in values_of(desk, kind, sheet, tags=form == "hxl"):
            entry = await house.door.read(by_ref, house.team.id, str(row["ref"]))
            assert entry is not None
            assert row == {**entry.values, "ref": entry.ref}, entry.ref
            seen += 1
    assert seen == len(POSTS)


def values_of(desk: Talk, kind: Kind, sheet: Sheet, *, tags: bool) -> list[Mapping[str, Value]]:
    """The rows as values by field, the fields found by the tags or by the heads."""
    words = desk.desk.house.vocabulary
    fields = [field_of_head(head, kind, words) for head in sheet.head]
    assert {one.name for one in fields if one} == set(kind.by_name)
    assert all(is_beside(head, words) for head, one in zip(sheet.head, fields, strict=True) if one is None)
    lines = list(sheet.lines)
    if tags:
        assert fields == [field_of_tag(tag, kind) for tag in lines.pop(0).cells]
    return [
        {one.name: value(desk, kind, one, cell) for one, cell in zip(fields, line.cells, strict=True) if one and cell}
        for line in lines
    ]


def value(desk: Talk, kind: Kind, field: Field, cell: str) -> Value:
    """What a cell says, by the plainest way to read one."""
    places, words = desk.desk.house.places, desk.desk.house.vocabulary
    read_by: dict[type, Callable[[], Value]] = {
        Count: lambda: int(cell),
        Flag: lambda: True,
        Choice: lambda: option_of(cell, field, kind, words) or "",
        Place: lambda: places.key(cell),
        Country: lambda: next(iter(places.find_every(cell, countries=True)), ""),
        Moment: lambda: cell.replace(" ", "T"),
    }
    return read_by.get(type(field.shape), lambda: cell)()
