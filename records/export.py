"""What `/export` asks for: which entries, as which sort of file, and for whom."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from records.question import Question

Form: TypeAlias = Literal["csv", "xlsx", "hxl", "json"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
MOST: Final = 20_000
"""Entries of one file: as many as can be read back from one."""


@dataclass(frozen=True, slots=True)
class Export:
    """The entries that `question` counts, one by one, in a file of that form; as `outsiders` may see them or as they are kept."""

    question: Question
    form: Form = "xlsx"
    outsiders: bool = False
