"""The log of Bot API calls, for tests to look at; no token and no file's bytes are ever in it."""

from collections import deque
from dataclasses import dataclass
from itertools import islice

from sandbox.files import Upload
from sandbox.shapes import Json, Object
from sandbox.tokens import hide

KEPT = 10_000


@dataclass(slots=True, eq=False)
class Logged:
    """One call; its status is None until it is answered, and stays so if it never was."""

    n: int
    method: str
    parameters: Object
    at: float
    status: int | None = None

    def view(self) -> Object:
        parameters = {name: _shown(value) for name, value in self.parameters.items()}
        return {"n": self.n, "method": self.method, "parameters": parameters, "status": self.status, "at": self.at}


class Calls:
    """The last calls in the order they came."""

    def __init__(self) -> None:
        self._kept: deque[Logged] = deque(maxlen=KEPT)
        self._latest = 0

    def add(self, method: str, parameters: Object, at: float) -> Logged:
        self._latest += 1
        logged = Logged(self._latest, method, parameters, at)
        self._kept.append(logged)
        return logged

    def since(self, after: int) -> list[Object]:
        missed = self._latest - after
        recent = list(islice(reversed(self._kept), max(missed, 0)))
        return [logged.view() for logged in reversed(recent)]

    def clear(self) -> None:
        """Forget them; the counter goes on."""
        self._kept.clear()


def _shown(value: Json) -> Json:
    if isinstance(value, Upload):
        return {"file_name": hide(value.name), "mime_type": value.mime, "size": len(value.data)}
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    return value
