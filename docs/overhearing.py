"""Keeps account of the sentences the desk is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import GNUTranslations
from unittest.mock import patch

from babel.messages.pofile import read_po

from render import catalogue


class _Overheard:
    """A catalogue that remembers what it was asked for."""

    def __init__(self, spoken: GNUTranslations, asked: set[str]) -> None:
        self._spoken, self._asked = spoken, asked

    def gettext(self, key: str) -> str:
        self._asked.add(key)
        return self._spoken.gettext(key)

    def ngettext(self, key: str, keys: str, n: int) -> str:
        self._asked.add(key)
        return self._spoken.ngettext(key, keys, n)


@contextmanager
def overheard() -> Iterator[set[str]]:
    """The keys of all sentences that are asked for while this lasts."""
    asked: set[str] = set()
    spoken = catalogue.sentences
    with patch.object(catalogue, "sentences", lambda language: _Overheard(spoken(language), asked)):
        yield asked


def every_key() -> set[str]:
    """The keys of all sentences there are."""
    with (catalogue.LOCALES / f"{catalogue.FALLBACK}.po").open("rb") as source:
        return {one.id if isinstance(one.id, str) else one.id[0] for one in read_po(source) if one.id}
