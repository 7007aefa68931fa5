"""What `/export` asks for: which entries, as which sort of file, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

from records import periods
from records.question import Question

Form: TypeAlias = Literal["csv", "xlsx", "hxl", "json"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
DEFAULT: Final[Form] = "xlsx"
MOST: Final = 20_000
"""Entries of one file: as many as can be read back from one."""
_WHOLE: Final[Mapping[str, str]] = MappingProxyType({"year": "%Y", "month": "%Y-%m"})


@dataclass(frozen=True, slots=True)
class Export:
    """The entries that `question` counts, one by one, in a file of that form; as `outsiders` may see them or as they are kept."""

    question: Question
    form: Form = DEFAULT
    outsiders: bool = False

    @property
    def stretch(self) -> str:
        """Its days in digits: "2019", "2019-05", "2019-05-31", "2019-05-01..2019-05-31", "all"; what is open is left out."""
        since, until = self.question.since, self.question.until
        if since is not None and until is not None:
            for grain, written in _WHOLE.items():
                whole = periods.relative(grain, since, 0)
                if (whole.since, whole.until) == (since, until):
                    return f"{since:{written}}"
        return periods.between(since, until).name

    def named(self, things: str) -> str:
        """The name of its file without its ending: flights-2019. `things` is what the entries are called."""
        begins, _, ends = self.stretch.partition("..")
        days = f"{begins or 'until'}{f'-{ends}' if ends else '-on' if '..' in self.stretch else ''}"
        return f"{things}-{days}{'-outsiders' if self.outsiders else ''}"
