"""The list of all Bot API methods and types, compiled into checks: of what bots send, and of what the sandbox sends.

`incoming` checks are lenient where Telegram is (numbers as strings) and return the value as it was meant;
`outgoing` ones take nothing but the exact type, so that no client meets a field or a type Telegram wouldn't send.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from sandbox.files import Upload
from sandbox.shapes import Json, Object

Check: TypeAlias = Callable[[Json], Json]

_SPLIT = re.compile(r" or | and |, ")
_TAGS = ("type", "status", "source")
_FLAG_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# Where Telegram's tag isn't the type's own name in snake case.
_TAG_WORDS = {"owner": "creator", "banned": "kicked"}


class MismatchError(Exception):
    """A value that isn't what the Bot API says it is; `path` leads to it."""

    def __init__(self, problem: str, *path: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = list(path)

    def __str__(self) -> str:
        where = "".join(self.path).lstrip(".")
        return f"{where}: {self.problem}" if where else self.problem


class Method:
    """One method: its parameters' checks and its result's."""

    def __init__(
        self, name: str, words: Mapping[str, str], required: list[str], oracle: "Oracle", returns: str
    ) -> None:
        self.name = name
        self.required = required
        self.parameters = {
            key: _flag_in if word == "Boolean" else oracle.compile(word, incoming=True) for key, word in words.items()
        }
        self.texts = frozenset(key for key, word in words.items() if word.endswith("String") and "Array" not in word)
        self.nested = frozenset(key for key, word in words.items() if not set(_SPLIT.split(word)) <= _PLAIN.keys())
        self.result = oracle.compile(returns, incoming=False)


class Oracle:
    """All methods and types of one Bot API version."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self._types: Object = data["types"]
        self._done: dict[tuple[str, bool], Check] = {}
        self.version: str = data["bot_api"]
        self.methods = {name.lower(): self._method(name, spec) for name, spec in data["methods"].items()}
        self.updates = {
            name: self.compile(spec[0], incoming=False) for name, spec in self._types["Update"]["fields"].items()
        }
        self.update_kinds = frozenset(self.updates) - {"update_id"}

    def compile(self, words: str, *, incoming: bool) -> Check:
        """A check of what the words ("Array of Update") say; the same one each time."""
        known = self._done.get((words, incoming))
        if known is None:
            known = self._done[words, incoming] = self._build(words, incoming=incoming)
        return known

    def _method(self, name: str, spec: Object) -> Method:
        words = {key: word for key, (word, _) in spec["parameters"].items()}
        required = [key for key, (_, needed) in spec["parameters"].items() if needed]
        return Method(name, words, required, self, spec["returns"])

    def _build(self, words: str, *, incoming: bool) -> Check:
        if words in _PLAIN:
            return _PLAIN[words][0 if incoming else 1]
        if words.startswith("Array of "):
            return _array(self._later(words.removeprefix("Array of "), incoming=incoming))
        members = _SPLIT.split(words) if words not in self._types else self._types[words].get("one_of")
        if members:
            return self._union(members, incoming=incoming)
        return self._object(words, incoming=incoming)

    def _later(self, words: str, *, incoming: bool) -> Check:
        # Types hold each other (a Message holds a Message), so inner checks are looked up at their first use.
        if words in _PLAIN:
            return _PLAIN[words][0 if incoming else 1]
        inner: list[Check] = []

        def check(value: Json) -> Json:
            if not inner:
                inner.append(self.compile(words, incoming=incoming))
            return inner[0](value)

        return check

    def _object(self, name: str, *, incoming: bool) -> Check:
        spec = self._types[name].get("fields", {})
        fields = {key: self._later(words, incoming=incoming) for key, (words, _) in spec.items()}
        required = frozenset(key for key, (_, needed) in spec.items() if needed)
        return _object(name, fields, required)

    def _union(self, members: list[str], *, incoming: bool) -> Check:
        choices = {member: self._later(member, incoming=incoming) for member in members}
        tagged = self._tag(members)
        if tagged:
            tag, words = tagged
            return _tagged(tag, {word: choices[member] for word, member in words.items()})
        return _untagged(choices)

    def _tag(self, members: list[str]) -> tuple[str, dict[str, str]] | None:
        """The field that tells a union's members apart, and its word for each member."""
        fields = [self._types.get(member, {}).get("fields", {}) for member in members]
        tag = next((tag for tag in _TAGS if all(field.get(tag, (0, False))[1] for field in fields)), None)
        if tag is None or len(members) == 1:
            return None
        start = _shared(members)
        words = {_snake(member[start:]): member for member in members}
        return tag, {_TAG_WORDS.get(word, word): member for word, member in words.items()}


def _shared(names: list[str]) -> int:
    """How many letters all the names begin with together."""
    columns = enumerate(zip(*names, strict=False))
    return next((place for place, letters in columns if len(set(letters)) > 1), min(map(len, names)))


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _text_in(value: Json) -> Json:
    if type(value) is not str:
        if type(value) is int:
            return str(value)
        raise MismatchError("must be of type String")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise MismatchError("strings must be encoded in UTF-8") from None
    return value


def _text_out(value: Json) -> Json:
    if type(value) is not str:
        raise MismatchError("must be of type String")
    return value


def _number_in(value: Json) -> Json:
    if type(value) is int:
        return value
    if type(value) is str and re.fullmatch(r"-?[0-9]{1,19}", value):
        return int(value)
    if type(value) is float and value.is_integer():
        return int(value)
    raise MismatchError("must be of type Integer")


def _number_out(value: Json) -> Json:
    if type(value) is not int:
        raise MismatchError("must be of type Integer")
    return value


def _float_in(value: Json) -> Json:
    if type(value) in (int, float):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        raise MismatchError("must be of type Float") from None


def _float_out(value: Json) -> Json:
    if type(value) not in (int, float):
        raise MismatchError("must be of type Float")
    return value


def _flag(value: Json) -> Json:
    if type(value) is not bool:
        raise MismatchError("must be of type Boolean")
    return value


def _flag_in(value: Json) -> Json:
    """A flag that is a parameter itself may be a word; one inside an object may not."""
    if type(value) is bool:
        return value
    word = str(value).lower()
    if word not in _FLAG_WORDS:
        raise MismatchError("must be of type Boolean")
    return _FLAG_WORDS[word]


def _true(value: Json) -> Json:
    if value is not True:
        raise MismatchError("must be True")
    return value


def _upload_in(value: Json) -> Json:
    if isinstance(value, Upload):
        return value
    raise MismatchError("must be an uploaded file")


_PLAIN: dict[str, tuple[Check, Check]] = {
    "String": (_text_in, _text_out),
    "Integer": (_number_in, _number_out),
    "Float": (_float_in, _float_out),
    "Boolean": (_flag, _flag),
    "True": (_true, _true),
    "InputFile": (_upload_in, _upload_in),
}


def _array(item: Check) -> Check:
    def check(value: Json) -> Json:
        if type(value) is not list:
            raise MismatchError("must be of type Array")
        for place, inner in enumerate(value):
            try:
                value[place] = item(inner)
            except MismatchError as mismatch:
                mismatch.path.insert(0, f"[{place}]")
                raise
        return value

    return check


def _object(name: str, fields: dict[str, Check], required: frozenset[str]) -> Check:
    def check(value: Json) -> Json:
        if type(value) is not dict:
            raise MismatchError(f"must be a {name}")
        for key, inner in value.items():
            field = fields.get(key)
            if field is None:
                raise MismatchError(f'{name} has no field "{key}"')
            try:
                meant = field(inner)
            except MismatchError as mismatch:
                mismatch.path.insert(0, f".{key}")
                raise
            if meant is not inner:
                value[key] = meant
        if not value.keys() >= required:
            raise MismatchError(f'{name} needs the field "{min(required - value.keys())}"')
        return value

    return check


def _tagged(tag: str, choices: dict[str, Check]) -> Check:
    def check(value: Json) -> Json:
        word = value.get(tag) if type(value) is dict else None
        choice = choices.get(word) if type(word) is str else None
        if choice is None:
            raise MismatchError(f"must be one of {', '.join(sorted(choices))}", f".{tag}")
        return choice(value)

    return check


def _untagged(choices: dict[str, Check]) -> Check:
    def check(value: Json) -> Json:
        closest: MismatchError | None = None
        for choice in choices.values():
            try:
                return choice(value)
            except MismatchError as mismatch:
                # The one that got furthest into the value knows best what is wrong with it.
                if closest is None or len(mismatch.path) > len(closest.path):
                    closest = mismatch
        raise closest or MismatchError(f"must be one of {', '.join(choices)}")

    return check


ORACLE = Oracle(Path(__file__).with_name("bot-api-10.0.json"))
