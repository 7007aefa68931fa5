"""What the desk is built on: pinned, hashed, installed as pinned, and under licences that go with its own. No network."""

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit import verdict

ROOT = Path(__file__).parents[1]
GROUPS = ("run", "test")
BEGUN = re.compile(
    r"^(?P<required>[A-Za-z0-9][^\\\n]*?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
GOES = re.compile(
    r"apache|\bmit\b|bsd|isc\b|mpl|mozilla|psf|python software foundation|zlib|unlicense|public domain|cc0|lgpl|lesser general",
    re.IGNORECASE,
)
"""Licences that may be used beside Apache-2.0: permissive ones, and those that bind changes to themselves only."""
NOT = re.compile(r"\bA?GPL|(?<!lesser )general public", re.IGNORECASE)


def pinned(group: str) -> dict[str, Requirement]:
    text = (ROOT / "requirements" / f"{group}.txt").read_text("utf-8")
    found = [Requirement(one["required"]) for one in BEGUN.finditer(text)]
    assert found
    return {canonicalize_name(one.name): one for one in found}


def licence(one: Distribution) -> str:
    """What a package says its licence is: by expression, by classifier, or in its first words."""
    expression, said = (" ".join(one.metadata.get_all(name) or ()) for name in ("License-Expression", "License"))
    classified = " ".join(line for line in one.metadata.get_all("Classifier") or () if line.startswith("License"))
    named = f"{expression} {classified}".strip() or said.strip().split("\n")[0]
    if named:
        return named
    texts = [file for file in one.files or () if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    return Path(str(one.locate_file(texts[0]))).read_text("utf-8").strip().split("\n")[0] if texts else ""


def installed() -> dict[str, Requirement]:
    """What of the pinned belongs on this kind of machine."""
    return {name: one for name, one in pinned("test").items() if one.marker is None or one.marker.evaluate()}


@pytest.mark.parametrize("group", GROUPS)
def test_every_requirement_is_pinned_and_hashed_and_names_no_registry(group: str) -> None:
    text = (ROOT / "requirements" / f"{group}.txt").read_text("utf-8")
    rest = BEGUN.sub("", text)
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    assert "://" not in text
    for one in pinned(group).values():
        [only] = one.specifier
        assert only.operator == "=="
        assert not one.url


def test_what_the_desk_asks_for_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for group in GROUPS:
        asked = [*project["project"]["dependencies"], *project["dependency-groups"][group]]
        for one in map(Requirement, asked):
            found = pinned(group)[canonicalize_name(one.name)]
            assert one.specifier.contains(next(iter(found.specifier)).version), one


def test_both_lists_pin_the_same() -> None:
    run, test = (pinned(group) for group in GROUPS)
    assert {name: str(one.specifier) for name, one in run.items()} == {
        name: str(one.specifier) for name, one in test.items() if name in run
    }


@pytest.mark.parametrize("name", installed())
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    assert installed()[name].specifier.contains(distribution(name).version)


@pytest.mark.parametrize("name", installed())
def test_every_licence_goes_with_ours(name: str) -> None:
    told = licence(distribution(name))
    assert GOES.search(told), told
    assert not NOT.search(told), told


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0", False),
        ("", False),
        ("LGPL-3.0-only", True),
        ("Proprietary", False),
    ],
)
def test_the_look_at_licences_tells_them_apart(said: str, goes: bool) -> None:
    assert bool(GOES.search(said) and not NOT.search(said)) is goes


LOOKED_UP: list[dict[str, Any]] = [{"name": "a", "version": "1", "vulns": []}]
HOLE: list[dict[str, Any]] = [{"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}]
UNASKED: list[dict[str, Any]] = [{"name": "c", "skip_reason": "no network"}]


def test_an_audit_tells_holes_and_what_it_could_not_look_up() -> None:
    assert verdict(LOOKED_UP) == (["1 packages looked up, known holes in 0 of them"], 0)
    said, code = verdict(LOOKED_UP + HOLE + UNASKED)
    assert code == 1
    assert said[0] == "== KNOWN HOLE: b 2: PYSEC-1"
    assert "NOT AUDITED" in said[1]
    assert said[1].endswith("c")
    assert verdict(UNASKED) == (["== NOT AUDITED, since nobody could be asked: c"], 0)
    assert "NOT AUDITED" in verdict([])[0][0]
