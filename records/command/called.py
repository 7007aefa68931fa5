"""What is told by a name of its own: an operation by its code, people by the country they are citizens of."""

from collections.abc import Iterator
from dataclasses import replace

from records.command import item
from records.command.counted import CITIZENS, PEOPLE, approximate
from records.command.item import How, Item, Told
from records.command.row import Row, once
from records.command.values import values
from records.vocabulary import Role

OPERATION = "operation"


def operation(row: Row, at: int) -> Iterator[Item]:
    """The code of an operation known by its name, "Жусан-3", and its word behind it: "Жусан-3 операциясы"."""
    named = row.kind.by_name.get(OPERATION)
    token = row.tokens[at]
    if named is None or len(token.parts) != len(("zhusan", "3")) or token.tail or token.quoted:
        return
    if token.parts[0] not in row.lexicon.operations or not token.parts[1].isdecimal():
        return
    code = Told(OPERATION, token.text.lower(), How.BARE)
    yield Item(at, at + 1, item.ITEM, (code,))
    word = row.match(at + 1, Role.FIELD, OPERATION) if row.near(at + 1) else None
    if word:
        yield Item(at, word.end, item.ITEM, (code,))


def citizens(row: Row, at: int) -> Iterator[Item]:
    """A country before the word for its citizens, and how many they are: "Kyrgyz citizens 12"."""
    if CITIZENS not in row.kind.by_name or at >= _last_of(row, CITIZENS):
        return
    whose = next(values(row, row.kind.field(CITIZENS), at), None)
    word = row.match(whose.end, Role.FIELD, CITIZENS) if whose and row.near(whose.end) else None
    if whose is None or word is None:
        return
    one = Item(at, word.end, item.ITEM, (Told(CITIZENS, whose.value),))
    yield one
    if any(sense.name == PEOPLE for sense in word.of(Role.FIELD)):
        for found in values(row, row.kind.field(PEOPLE), word.end):
            told = (*one.told, Told(PEOPLE, found.value), *approximate(row, approx=found.approx))
            yield replace(one, end=found.end, cost=one.cost + found.cost, told=told)


@once
def _last_of(row: Row, name: str) -> int:
    """The last word at which a field's own word begins; 0 if none does."""
    return next((at for at in range(row.end - 1, 0, -1) if row.match(at, Role.FIELD, name)), 0)
