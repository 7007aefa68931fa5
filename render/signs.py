"""Small pictures that stand beside words, never instead of them."""

from collections.abc import Mapping

from records.kind import Status

KINDS: Mapping[str, str] = {"flight": "✈️", "session": "🤝"}
OTHER_KIND = "📄"
STATUSES: Mapping[str, str] = {
    "planned": "🗓️",
    "confirmed": "📌",
    "departed": "🛫",
    "delayed": "⏳",
    "diverted": "↪️",
    "arrived": "✅",
    "handed_over": "🏠",
    "held": "✅",
    "postponed": "⏸️",
    "cancelled": "✖️",
    "unsettled": "❔",
}

WITHDRAWN = "🗑️"


def of_kind(name: str) -> str:
    """A kind's sign; those without one of their own share one."""
    return KINDS.get(name, OTHER_KIND)


def of_status(status: Status) -> str:
    """A status' sign; one without a sign of its own shows whether it counts or is still ahead."""
    return STATUSES.get(status.name) or ("✅" if status.counts else "🗓️" if status.coming else "▫️")
