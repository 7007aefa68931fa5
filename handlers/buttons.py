"""What buttons give back, read strictly: as the desk writes it, or not at all: anybody can forge a press."""

import re
from typing import Final

NUMBER: Final = "(?:0|[1-9][0-9]{0,17})"
"""A number as the desk writes it: digits of ASCII, no sign, no nought in front, and none that no 64 bits hold."""
ORDINAL: Final = "[1-9][0-9]{0,5}"
"""The number of a page, or of a day of the month."""


def given_back(pattern: str) -> re.Pattern[str]:
    """Reads all that such buttons give back; letters and digits are those of ASCII only."""
    return re.compile(pattern, re.ASCII | re.DOTALL)
