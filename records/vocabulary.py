"""The words of all languages: what a phrase may mean, and what a name is called when it is shown.

Words are data: `records/words/<language>.toml` (and what a test or a new kind hands in beside it). What is read is understood
in every language at once; what is shown is the first word of a list, in the reader's language, or else in English.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

from babel import Locale

from records.fold import fold

WORDS = Path(__file__).parent / "words"
FALLBACK = "en"
MANY = "many"

_Made = TypeVar("_Made")
Lists: TypeAlias = Mapping[str, Sequence[str]]
"""Words by the name they stand for, the first of them being the label."""


class Role(Enum):
    """What a phrase may be in a message."""

    FIELD = auto()
    VAGUE = auto()
    OPENER = auto()
    CHOICE = auto()
    KIND = auto()
    FILLER = auto()
    PREPOSITION = auto()
    SUBSET = auto()
    NEGATION = auto()
    NONE = auto()
    """A negation that says there are none: "without", and not "except"."""
    EVERYDAY = auto()
    """A word of ordinary speech that says nothing to the desk, and that is no slip of the finger either."""
    ORDINAL = auto()
    NOUN = auto()
    AIRPORT = auto()
    UNIT = auto()
    AMOUNT = auto()
    """A number and what it counts in one word: a dual."""
    DEMONYM = auto()
    MONTH = auto()
    WEEKDAY = auto()
    RELATIVE = auto()
    WHICH = auto()
    WHICH_BEHIND = auto()
    """The same behind its noun: "الجمعة الماضية"."""
    MERIDIEM = auto()
    CLOCK = auto()
    NUMBER = auto()
    PERIOD = auto()
    VIA = auto()
    """A word beside a place that is only on the way: "via Baghdad", "Бағдат арқылы"."""
    BEHIND = auto()
    """A word behind a day that tells whose day it is: "28 ақпанға дейін"."""
    ASKING = auto()
    CADENCE = auto()
    OPTION = auto()
    """A word of a digest's options: what opens one, and what it may be set to."""
    LANGUAGE = auto()
    WEEKDAY_BRIEF = auto()
    """A weekday so short that in a post it may be something else ("вс" is a plane there)."""


OF_DIGESTS = frozenset({Role.CADENCE, Role.OPTION, Role.LANGUAGE, Role.WEEKDAY_BRIEF})
"""What words mean to `/digest` only."""
_SECTIONS = {
    "fields": Role.FIELD,
    "vague": Role.VAGUE,
    "openers": Role.OPENER,
    "months": Role.MONTH,
    "weekdays": Role.WEEKDAY,
    "relative": Role.RELATIVE,
    "which": Role.WHICH,
    "which_behind": Role.WHICH_BEHIND,
    "meridiem": Role.MERIDIEM,
    "clock": Role.CLOCK,
    "numbers": Role.NUMBER,
    "periods": Role.PERIOD,
    "behind": Role.BEHIND,
    "asking": Role.ASKING,
    "cadence": Role.CADENCE,
    "digest": Role.OPTION,
    "languages": Role.LANGUAGE,
    "weekdays_brief": Role.WEEKDAY_BRIEF,
    "demonyms": Role.DEMONYM,
}
_OTHERS = ("plain", "negating", "endings", "attached", "roles", "operations", "sites", "columns", "files")


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase may mean: `name` is the field, month, number … it stands for, `option` a choice of that field."""

    role: Role
    name: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind is called, what many of it are called, then every other word for it.

    `count` and `people` are sentences by plural category, with `{n}` for the number.
    """

    words: tuple[str, ...]
    count: Mapping[str, str]
    people: Mapping[str, str]


@dataclass(frozen=True)
class WordList:
    """The words of one language, or a part of them: those of one kind, say."""

    language: str
    kinds: Mapping[str, KindWords] = field(default_factory=dict)
    choices: Mapping[str, Lists] = field(default_factory=dict)
    units: Mapping[str, Lists] = field(default_factory=dict)
    """By field: what else its numbers may be counted in, by how many of its own that is."""
    lists: Mapping[str, Lists] = field(default_factory=dict)
    """The plain sections by their names ("fields", "months" …) and "plain"."""
    amounts: Mapping[str, Lists] = field(default_factory=dict)
    """By field: words that are a number of it by themselves, by that number."""

    @classmethod
    def parse(cls, text: str) -> "WordList":
        """The words of a TOML text; KeyError or TypeError if it isn't a word list."""
        data = tomllib.loads(text)
        kinds = {
            name: KindWords(tuple(one["words"]), dict(one.get("count", {})), dict(one.get("people", {})))
            for name, one in data.get("kinds", {}).items()
        }
        unknown = data.keys() - {"language", "kinds", "choices", "units", "amounts", *_OTHERS, *_SECTIONS}
        if unknown:
            raise KeyError(f"not a section of a word list: {sorted(unknown)}")
        lists = {name: data[name] for name in (*_SECTIONS, *_OTHERS) if name in data}
        choices, units, amounts = (data.get(name, {}) for name in ("choices", "units", "amounts"))
        return cls(str(data["language"]), kinds, choices, units, lists, amounts)

    def phrases(self) -> Iterator[tuple[str, Sense]]:
        """Every phrase with what it means."""
        for name, kind in self.kinds.items():
            yield from ((word, Sense(Role.KIND, name)) for word in kind.words)
        for role, nested in ((Role.CHOICE, self.choices), (Role.UNIT, self.units), (Role.AMOUNT, self.amounts)):
            for name, options in nested.items():
                for option, words in options.items():
                    yield from ((word, Sense(role, name, option)) for word in words)
        for section, role in _SECTIONS.items():
            for name, words in self.lists.get(section, {}).items():
                yield from ((word, Sense(role, name)) for word in words)
        for name, words in self.lists.get("plain", {}).items():
            yield from ((word, Sense(Role[name.upper()])) for word in words)

    def label(self, path: Sequence[str]) -> str | None:
        """The word shown for ("kinds", name), ("choices", field, option) or (section, name); None if it has none."""
        section, *names = path
        if section == "kinds":
            kind = self.kinds.get(names[0])
            return kind.words[:2][-1 if MANY in names else 0] if kind else None
        lists = self.choices.get(names[0], {}) if section == "choices" else self.lists.get(section, {})
        words = lists.get(names[-1])
        return words[0] if words else None


class Vocabulary:
    """The words of all languages."""

    def __init__(self, lists: Sequence[WordList]) -> None:
        """`lists` may hold several of one language: they add up, earlier ones giving the label."""
        self._lists = tuple(lists)
        senses: dict[tuple[str, ...], list[Sense]] = {}
        self.listed: dict[str, str] = {}
        """Folded phrases as the lists have them."""
        for words in self._lists:
            for phrase, sense in words.phrases():
                folded = fold(phrase)
                self.listed.setdefault(folded, phrase)
                same = senses.setdefault(tuple(folded.split()), [])
                if sense not in same:
                    same.append(sense)
        self.senses: Mapping[tuple[str, ...], Sequence[Sense]] = senses
        """What each phrase, as folded words, may mean."""
        self.negating = (self._affixes("before"), self._affixes("behind"))
        self.endings = {ending: tuple(names) for ending, names in self._spelt("endings").items()}
        """Case endings of places, folded, and the fields each opens."""
        self.attached = {one: names[0] for one, names in self._spelt("attached").items()}
        """What is written together with the word behind it, folded, and the word it stands for ("" for none)."""
        self.everyday = frozenset(
            " ".join(phrase) for phrase, some in senses.items() if any(one.role is Role.EVERYDAY for one in some)
        )
        self.roles = {one: names[0] for one, names in self._spelt("roles").items()}
        """What members may be called, folded, and the role."""
        self.operations = frozenset(self._spelt("operations"))
        """Names of operations, folded: with a number tied to them they are codes."""
        self.sites = {one: names[0] for one, names in self._spelt("sites").items()}
        """What `/sites` is told to do, folded, and the name of it; "into" is what stands between two places."""
        self.columns = frozenset(self._spelt("columns"))
        """What stands above columns of files that are no fields, folded."""
        self.files = {one: names[0] for one, names in self._spelt("files").items()}
        """What may be said of a file, folded: its form, and "outsiders"."""
        self._firsts: frozenset[str] | None = None
        self._kept: dict[str, tuple[object, object]] = {}

    @classmethod
    def load(cls, extra: Mapping[str, WordList] | None = None) -> "Vocabulary":
        """The shipped word lists, always the same object, or those and the ones handed in, by any name."""
        return cls([*_shipped(), *extra.values()]) if extra else _ours()

    def begins(self, word: str) -> bool:
        """Whether some phrase of some language begins with that word."""
        parts = fold(word).split()
        if self._firsts is None:
            self._firsts = frozenset(phrase[0] for phrase in self.senses if phrase)
        return bool(parts) and parts[0] in self._firsts

    def _affixes(self, name: str) -> tuple[str, ...]:
        return tuple(fold(one) for words in self._lists for one in words.lists.get("negating", {}).get(name, ()))

    def _spelt(self, section: str) -> dict[str, list[str]]:
        """The words of a section, folded, and the names they stand under."""
        found: dict[str, list[str]] = {}
        for words in self._lists:
            for name, some in words.lists.get(section, {}).items():
                for one in some:
                    found.setdefault(fold(one), []).append(name)
        return found

    def kept(self, name: str, of: object, make: Callable[[], _Made]) -> _Made:
        """What `make` builds out of these words, built once per name and thing."""
        known = self._kept.get(name)
        if known is None or known[0] is not of:
            known = self._kept[name] = (of, make())
        return cast("_Made", known[1])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words of, as they come."""
        return tuple(dict.fromkeys(one.language for one in self._lists))

    def label(self, language: str, *path: str) -> str:
        """What is shown for a name: `label("en", "fields", "date")`, `("choices", "status", "arrived")`, `("kinds", "flight")`.

        A word missing in the language falls back to English, and without one to the name itself.
        """
        for wanted in (language, FALLBACK):
            for words in self._lists:
                found = words.label(path) if words.language == wanted else None
                if found is not None:
                    return found
        return path[-1].replace("_", " ")

    def plural(self, language: str, form: str, kind: str, n: int, shown: str | None = None) -> str:
        """How many there are, in words: "3 flights" (`form` is "count"), "231 people returned" ("people").

        `shown` is the number as it is to be printed.
        """
        for wanted in (language, FALLBACK):
            for words in self._lists:
                known = words.kinds.get(kind) if words.language == wanted else None
                forms = (known.count if form == "count" else known.people) if known else None
                if forms:
                    sentence = forms.get(_category(wanted, n)) or forms["other"]
                    return sentence.format(n=str(n) if shown is None else shown)
        return f"{n if shown is None else shown} {kind}"


@cache
def _ours() -> Vocabulary:
    """Built once: it takes a tenth of a second, and what is built out of it twice that."""
    return Vocabulary(_shipped())


@cache
def _shipped() -> tuple[WordList, ...]:
    return tuple(WordList.parse(path.read_text("utf-8")) for path in sorted(WORDS.glob("*.toml")))


def _category(language: str, n: int) -> str:
    """The plural category Babel gives: zero, one, two, few, many or other."""
    return str(Locale.parse(language).plural_form(n))
