"""Some of a kind's fields as few letters, for a button to give back."""

from collections.abc import Collection

from records.kind import Kind


def marked(kind: Kind, fields: Collection[str]) -> str:
    """A bit for each field of the kind, set for these."""
    return f"{sum(1 << at for at, field in enumerate(kind.fields) if field.name in fields):x}"


def fields_marked(kind: Kind, mark: str) -> tuple[str, ...]:
    """The fields of which `marked` made that; ValueError if it isn't hexadecimal."""
    bits = int(mark, 16)
    return tuple(field.name for at, field in enumerate(kind.fields) if bits >> at & 1)
