"""The rules this room sets itself: each query stands once, is described, asks for its team, and reads as both databases speak."""

import ast
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

import storage
from records.question import GROUPS, Question
from storage import count
from storage.conditions import FILTERS, matching
from storage.door import Door, Tx

ROOM = Path(storage.__file__).parent
MODULES = sorted(path.stem for path in ROOM.glob("*.py") if path.stem != "__init__")
VERB = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\s")
SQLITES_OWN_BUSINESS = {"backup", "door", "health", "migrate", "sqlite", "writer"}
"""They speak to SQLite itself: of its connections, transactions and list of tables."""
ONLY_SQLITE = re.compile(
    r"strftime|julianday|datetime\(|date\(|json_|->|\bIFNULL\b|\bGLOB\b|\browid\b|INSERT OR|REPLACE INTO|\bPRAGMA\b|group_concat|"
    r"AUTOINCREMENT|WITHOUT ROWID|\bSTRICT\b|\"|`|\[|::|\bMAX\([^)]*,|\bMIN\([^)]*,",
    re.IGNORECASE,
)
OF_A_TEAM = re.compile(r"(?:FROM|INTO|UPDATE)\s+(?:entries|journal|answers|counters)\b")


def queries() -> Iterator[tuple[str, str, str]]:
    """Every query by module and name, with the line above it."""
    for module in MODULES:
        lines = (ROOM / f"{module}.py").read_text(encoding="utf-8").splitlines()
        values: Mapping[str, object] = vars(import_module(f"storage.{module}"))
        for at, line in enumerate(lines):
            named = re.match(r"([A-Z][A-Z_]*) = f?\"", line)
            value = values.get(named[1]) if named else None
            if named and isinstance(value, str) and VERB.match(value):
                yield f"{module}.{named[1]}", value, lines[at - 1]


QUERIES = {name: sql for name, sql, _ in queries()}
PORTABLE = {name: sql for name, sql in QUERIES.items() if name.partition(".")[0] not in SQLITES_OWN_BUSINESS}


def test_there_are_queries() -> None:
    assert len(QUERIES) > 40


def test_every_query_is_described() -> None:
    assert [name for name, _, above in queries() if not above.startswith("# ")] == []


def test_no_query_stands_twice() -> None:
    once = {re.sub(r"\s+", " ", sql).strip() for sql in QUERIES.values()}
    assert len(once) == len(QUERIES)


def test_no_query_hides_in_a_function() -> None:
    hidden = []
    for module in set(MODULES) - SQLITES_OWN_BUSINESS:
        for node in ast.walk(ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                texts = (one for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))
                hidden += [(module, one.lineno) for one in texts if VERB.match(str(one.value)) and module != "count"]
    assert hidden == []


def test_queries_read_as_both_databases_speak() -> None:
    assert {name: ONLY_SQLITE.findall(sql) for name, sql in PORTABLE.items() if ONLY_SQLITE.search(sql)} == {}


def test_no_query_of_a_teams_rows_goes_without_the_team() -> None:
    assert [name for name, sql in PORTABLE.items() if OF_A_TEAM.search(sql) and ":team" not in sql] == []


@pytest.mark.parametrize("name", PORTABLE)
async def test_every_query_fits_the_schema(door: Door, name: str) -> None:
    sql = PORTABLE[name]

    def explain(tx: Tx) -> int:
        return len(tx.all(f"EXPLAIN {sql}", **dict.fromkeys(re.findall(r":([a-z_]+[0-9]*)", sql), 1)))

    assert await door.change(explain) > 0


async def test_every_name_can_be_counted_and_filtered_by(door: Door, team: int) -> None:
    assert set(GROUPS) - set(FILTERS) == {"day", "week", "month"}
    for name in GROUPS:
        filters = ((name, "x"),) if name in FILTERS else ()
        await door.read(count.count, team, Question("flight", None, None, by=(name,), filters=filters))


def test_a_value_never_comes_into_the_conditions() -> None:
    sql, params = matching((("site", "'; DROP TABLE entries"), ("site", "b"), ("citizens", "KZ")))
    assert sql == " AND site IN (:filter0, :filter1) AND country IN (:filter2)"
    assert params == {"filter0": "'; DROP TABLE entries", "filter1": "b", "filter2": "KZ"}
