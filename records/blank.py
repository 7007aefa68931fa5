"""Taking words out of a record: what somebody wrote freely, notes, sources, carriers and aircraft. Nothing of it is counted.

Numbers, days, codes and places stay.
"""

import json
from typing import Final

from records.figures import KEPT, figures
from records.kind import Kind, Text, Value, Values

BLANK: Final = "…"
"""What stands where words were."""


def blanked(kind: Kind, values: Values) -> Values:
    """The values without words; the same ones if there are none. Figures of other sources stay, by number."""
    taken: dict[str, Value] = {name: BLANK for name in values if name in kind.by_name and _free(kind, name)}
    others = figures(values)
    if others:
        numbered = {f"{BLANK} {at}": said for at, said in enumerate(others.values(), start=1)}
        taken[KEPT] = json.dumps(numbered, ensure_ascii=False)
    return {**values, **taken}


def _free(kind: Kind, name: str) -> bool:
    """Whether the field takes whatever somebody writes."""
    return isinstance(kind.field(name).shape, Text)
