from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import teams
from storage.door import Door


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/wayhome.db"


@pytest.fixture
async def door(url: str) -> AsyncIterator[Door]:
    async with await Door.open(url) as door:
        yield door


@pytest.fixture
async def team(door: Door) -> int:
    return await door.change(teams.ensure, "Our team")
