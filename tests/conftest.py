"""What tests of the whole desk share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk to talk to."""
    async with talking(tmp_path) as talk:
        yield talk
