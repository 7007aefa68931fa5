"""What a question breaks its figures down by."""

from records.command.row import Row
from records.command.tokens import Gap
from records.question import GRAINS, GROUPS
from records.vocabulary import Role


def group_at(row: Row, at: int) -> tuple[str, int]:
    """A name of GROUPS, and where its word ends; "" if none stands there."""
    for match in row.matches[at] if at < row.end else ():
        for sense in match.senses:
            known = sense.role is Role.FIELD or (sense.role is Role.PERIOD and sense.name in GRAINS)
            if known and sense.name in GROUPS:
                return sense.name, match.end
    return "", at


def groups_before(row: Row, at: int) -> tuple[list[str], int]:
    """The groups that have their "by" behind them ("түрі бойынша"), and where it ends; none if a group follows that word."""
    names, end = [], at
    while True:
        name, after = group_at(row, end)
        if not name or not (end == at or row.near(end, Gap.COMMA)):
            return [], at
        names.append(name)
        word = row.match(after, Role.ASKING, "by") if row.near(after) else None
        if word is not None:
            return ([], at) if row.near(word.end) and group_at(row, word.end)[0] else (names, word.end)
        joint = row.match(after, Role.ASKING, "and") if row.near(after) else None
        end = joint.end if joint else after
