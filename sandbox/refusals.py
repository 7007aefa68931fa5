"""How Telegram says no: a status, a description in its own words, and sometimes parameters."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.shapes import Object


class RefusedError(Exception):
    """A Bot API call that is answered with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Object | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Object:
        """The body Telegram would send."""
        body: Object = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class MistakenError(Exception):
    """A person's call (or one to the stage) that can't be done; told as `{"error": ...}`."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@contextmanager
def telling_people() -> Iterator[None]:
    """What a bot would be refused is told to a person as a mistake."""
    try:
        yield
    except RefusedError as refused:
        raise MistakenError(refused.description, refused.code) from None


def bad(reason: str, parameters: Object | None = None) -> RefusedError:
    """A 400, as almost all of Telegram's refusals are."""
    return RefusedError(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> RefusedError:
    """A 403: the bot may not write there."""
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    """A 409: two receivers of one bot's updates."""
    return RefusedError(409, f"Conflict: {reason}")


def not_built(what: str) -> RefusedError:
    """A 501, which Telegram never sends: the sandbox says plainly what it can't do."""
    return RefusedError(501, f"Not Implemented: the sandbox doesn't have {what}")
