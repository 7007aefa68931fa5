"""Every sentence of the catalogue is one that a reader of the sheets comes to see."""

from docs.overhearing import every_key, overheard
from docs.screens import UNSEEN, scenes

ADVICE = "add a step that leads to it to docs/screens.toml, look at it (`make screens`), or say there why nobody can"


async def test_the_way_leads_past_every_sentence() -> None:
    with overheard() as asked:
        await scenes("en")
    assert every_key() - asked - UNSEEN.keys() == set(), ADVICE


def test_what_is_excused_is_there() -> None:
    assert UNSEEN.keys() - every_key() == set()
