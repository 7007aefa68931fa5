"""Faults on demand: a call answered late, refused, done but never answered, or cut off."""

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass

from sandbox.limits import Limits
from sandbox.refusals import MistakenError, RefusedError
from sandbox.shapes import Json, Object

_LONGEST_LATENCY = 600


@dataclass(slots=True, eq=False)
class Fault:
    """One fault; `times` is None until cleared."""

    id: int
    method: str
    times: int | None
    chat: int | None
    latency: float = 0.0
    error: RefusedError | None = None
    silent: bool = False
    cut: str = ""
    given: Object | None = None

    def view(self) -> Object:
        return {
            "id": self.id,
            "method": self.method,
            "times": self.times,
            "chat": self.chat,
            "fault": self.given,
        }


@dataclass(slots=True)
class Trouble:
    """What all faults that meet one call do to it together."""

    latency: float = 0.0
    error: RefusedError | None = None
    silent: bool = False
    cut: str = ""


NO_TROUBLE = Trouble()


class Faults:
    """All that is set, and the flood limits."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._set: dict[int, Fault] = {}
        self._cleared = asyncio.Event()
        self.limits = Limits()

    def add(self, body: Object) -> int | None:
        """One more fault, or other limits; the fault's id."""
        if "limits" in body:
            try:
                self.limits.set(body["limits"])
            except (ValueError, AttributeError) as error:
                raise MistakenError(str(error)) from None
        if "fault" not in body:
            if "limits" not in body:
                raise MistakenError("a fault or limits are needed")
            return None
        fault = _read(next(self._ids), body)
        self._set[fault.id] = fault
        return fault.id

    def all(self) -> list[Object]:
        return [fault.view() for fault in self._set.values()]

    def clear(self, number: int | None = None) -> None:
        """Take away one fault, or all of them and the limits; what all kept back goes out."""
        if number is None:
            self._set.clear()
            self._cleared.set()
            self._cleared = asyncio.Event()
            self.limits.set(None)
        elif self._set.pop(number, None) is None:
            raise MistakenError(f"there is no fault {number}", 404)

    def meet(self, method: str, chat: Json) -> Trouble:
        """What happens to this call; faults that were for so many times are used up by it."""
        if not self._set:
            return NO_TROUBLE
        trouble = Trouble()
        for fault in list(self._set.values()):
            if fault.method.lower() not in ("*", method.lower()) or fault.chat not in (None, chat):
                continue
            settled = bool(trouble.error or trouble.silent or trouble.cut)
            if settled and not fault.latency:
                continue
            trouble.latency += fault.latency
            trouble.error = trouble.error or fault.error
            trouble.silent = trouble.silent or fault.silent
            trouble.cut = trouble.cut or fault.cut
            self._use(fault)
        return trouble

    async def keep_back(self, latency: float) -> None:
        """Waits as long as that, or until all faults are cleared."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._cleared.wait(), latency)

    def _use(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                del self._set[fault.id]


def _read(number: int, body: Object) -> Fault:
    method, times, chat, given = body.get("method", "*"), body.get("times", 1), body.get("chat"), body["fault"]
    if type(method) is not str or not method:
        raise MistakenError('method is the name of one, or "*"')
    if times is not None and (type(times) is not int or times < 1):
        raise MistakenError("times is a whole number above 0, or null until cleared")
    if chat is not None and type(chat) is not int:
        raise MistakenError("chat is an id")
    if type(given) is not dict or len(given) != 1:
        raise MistakenError("a fault is one of latency, error, silent, cut")
    fault = Fault(number, method, times, chat, given=given)
    [(kind, value)] = given.items()
    if kind == "latency" and type(value) in (int, float) and 0 <= value <= _LONGEST_LATENCY:
        fault.latency = float(value)
    elif kind == "silent" and value is True:
        fault.silent = True
    elif kind == "cut" and value in ("before", "after"):
        fault.cut = value
    elif kind == "error" and type(value) is dict:
        fault.error = _error(value)
    else:
        raise MistakenError(f"the sandbox has no fault {kind} like that")
    return fault


def _error(value: Object) -> RefusedError:
    code, description = value.get("code"), value.get("description", "")
    parameters = value.get("parameters")
    if type(code) is not int or not 400 <= code <= 599 or type(description) is not str:  # noqa: PLR2004 - HTTP's own
        raise MistakenError("an error has a code from 400 to 599 and a description")
    if parameters is not None and type(parameters) is not dict:
        raise MistakenError("an error's parameters are an object")
    return RefusedError(code, description or f"Error {code}", parameters)
