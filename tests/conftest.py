"""What tests of the whole desk share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.house import Talk, talking

# A loaded machine is no bug: no deadline for a single example. What failed is printed so that it can be run again.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk to talk to."""
    async with talking(tmp_path) as talk:
        yield talk
