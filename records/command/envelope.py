"""What stands around a command's words: its name, the bot it is for, a reference, other commands in the same message."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from records import days
from records.command.guesses import MOST_GUESSED, nearest_command
from records.fold import tidy

_COMMAND = re.compile(r"/([A-Za-z_][A-Za-z0-9_]*)(?:@([A-Za-z0-9_]+))?(?=\s|$)")
_LINE = re.compile(r"^[ \t]*(?=/[A-Za-z_])", re.MULTILINE)
_INSIDE = re.compile(r"(?<=\S)[ \t]+(?=/[A-Za-z_])")
_REF = re.compile(r"[^\W_](?:[^\W_]|[-/])*")
_MOST_REF = 32
_DASH = re.compile(r"(?<=\w)[–—−](?=\w)")
"""What telephones make of a hyphen."""
_PUNCTUATION = " \t:,.;–—-"


@dataclass(frozen=True, slots=True)
class Command:
    """One command as it was sent: its name in small letters, what follows it, and whether it named the bot ("/flight@bot")."""

    name: str
    rest: str
    addressed: bool = False

    @property
    def text(self) -> str:
        """The command as a message of its own, to copy."""
        return f"/{self.name} {self.rest}".rstrip()


def envelope(text: str, bot: str, names: Collection[str]) -> tuple[Command, ...]:
    """The commands of a message that begins with one; none if it doesn't, or if it is for another bot than `bot`.

    One message may hold one command. Further ones are those that begin a line and are, or nearly are, one of `names`, and those
    within a line that are one of `names` and say something: each is to be sent alone.
    """
    text = tidy(text).strip()
    starts = [match.end() for match in _LINE.finditer(text) if _COMMAND.match(text, match.end())]
    if not starts or starts[0] != 0:
        return ()
    first, *more = starts
    more = [one for at, one in enumerate(more) if _is_command(text, one, names, guess=at < MOST_GUESSED)]
    starts = sorted({first, *more, *(one.end() for one in _INSIDE.finditer(text) if _says(text, one.end(), names))})
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        match = _COMMAND.match(text, start)
        if match is not None:
            found.append((match[1].lower(), match[2] or "", text[match.end() : end].strip()))
    if found[0][1] and found[0][1].lower() != bot.lower():
        return ()
    return tuple(Command(name, rest, addressed=bool(to)) for name, to, rest in found)


def _is_command(text: str, at: int, names: Collection[str], *, guess: bool) -> bool:
    match = _COMMAND.match(text, at)
    return match is not None and (match[1].lower() in names or (guess and bool(nearest_command(match[1], names))))


def _says(text: str, at: int, names: Collection[str]) -> bool:
    """Whether a command stands there with words behind it on its line; without any it is only named ("note see /help")."""
    match = _COMMAND.match(text, at)
    return match is not None and match[1].lower() in names and bool(text[match.end() :].partition("\n")[0].strip())


def read_edit(text: str) -> tuple[str, str]:
    """Splits `F-0003 women 68` into the reference and what is to change; the reference is "" if none was given (in a reply)."""
    first, rest = _first(text)
    return (first, rest) if is_ref(first) else ("", tidy(text).strip())


def read_withdraw(text: str) -> tuple[str, str]:
    """Splits `F-0003 posted twice` into the reference ("" in a reply) and the reason, which may be "" too."""
    return read_edit(text)


def read_ref(text: str) -> str:
    """The reference that `/show` and `/history` are given, "" without one; what isn't like one is kept, so that it isn't found."""
    first, rest = _first(text)
    return f"{first} {rest}".strip()


def is_ref(word: str) -> bool:
    """Whether a word may be an entry's reference: letters with figures, or capitals; figures alone are a count or a day."""
    if not _REF.fullmatch(word) or len(word) > _MOST_REF or days.numeric(word) is not None:
        return False
    letters = [one for one in word if one.isalpha()]
    return bool(letters) and (any(one.isdecimal() for one in word) or (len(letters) > 1 and word.isupper()))


def _first(text: str) -> tuple[str, str]:
    """The first word, and the rest; a colon, a dash or a comma may stand between."""
    first, _, rest = tidy(text).strip().partition("\n")
    word, _, more = first.strip().partition(" ")
    more = more.lstrip(_PUNCTUATION)
    return _DASH.sub("-", word.lstrip("#№").rstrip(":,.;")), f"{more}\n{rest}".strip()
