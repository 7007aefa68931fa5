"""Moments as they are kept: text of one length, so that they sort as they follow each other and both databases compare them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime


def text(moment: datetime) -> str:
    """The moment as it is kept. ValueError for one without a zone: nobody could tell which it is."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(kept: str) -> datetime:
    """The moment of a kept text, in UTC."""
    return datetime.fromisoformat(kept)


def days_text(days: Iterable[date]) -> str:
    """Days as they are kept, apart by spaces."""
    return " ".join(day.isoformat() for day in days)


def days_in(kept: str) -> tuple[date, ...]:
    """The days of a kept text."""
    return tuple(date.fromisoformat(day) for day in kept.split())
