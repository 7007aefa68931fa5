"""Reading the config: a TOML file, any value of which the environment may replace as WAYHOME_SECTION__KEY."""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from bot import sentences
from bot.logs import redact
from bot.settings import PREFIX, Settings, Telegram
from render.catalogue import languages

__all__ = ["KEYS", "ConfigError", "Settings", "load"]

Table: TypeAlias = dict[str, dict[str, object]]

KEYS: Final = tuple(
    f"{section}.{key}"
    for section, field in Settings.model_fields.items()
    if isinstance(field.default, BaseModel)
    for key in type(field.default).model_fields
)
"""Every key as "section.key"."""
SECRET: Final = frozenset({"telegram.token", "webhook.secret", "database.url"})
"""Keys whose value is never shown."""


class ConfigError(Exception):
    """The config can't be used; `lines` says why, a sentence or two for each thing that is wrong."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Keeps the sentences."""
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def load(path: Path | None, *, offline: bool = False) -> Settings:
    """The settings from the file (None = the environment alone). Raises ConfigError with everything that is wrong.

    `offline` is for work that doesn't speak to Telegram: no token is needed, and none is read from a file.
    """
    table, lines = _sections(_read(path) if path else {})
    lines += _unknown_variables()
    try:
        settings = Settings(**_without_overruled(table))  # type: ignore[arg-type]
    except ValidationError as error:
        lines += [line for one in error.errors(include_url=False, include_context=False) for line in _told(one)]
        raise ConfigError(lines) from None
    except SettingsError:  # a whole section given in one variable, which was told as an unknown one
        raise ConfigError(lines) from None
    telegram = settings.telegram
    if not offline:
        telegram, more = _ready(telegram)
        lines += more
    if lines:
        raise ConfigError(lines)
    return settings.model_copy(update={"telegram": telegram})


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError([sentences.CONFIG_MISSING.format(path=path)]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([sentences.CONFIG_BROKEN.format(path=path, why=error)]) from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError([sentences.CONFIG_UNREADABLE.format(path=path, why=why)]) from None


def _sections(table: Mapping[str, object]) -> tuple[Table, list[str]]:
    """The known sections, and a line for each thing that is none."""
    known: Table = {}
    lines = []
    for name, section in table.items():
        if name not in Settings.model_fields:
            line = sentences.CONFIG_SECTION_UNKNOWN.format(where=f"[{name}]")
            lines.append(line + _guess(name, Settings.model_fields, "[{}]"))
        elif not isinstance(section, dict):
            lines.append(sentences.CONFIG_SECTION_SHAPE.format(where=name, name=name))
        else:
            known[name] = dict(section)
    return known, lines


def _unknown_variables() -> list[str]:
    known = {_variable(key).removeprefix(PREFIX) for key in KEYS}
    given = {name: name.upper().removeprefix(PREFIX) for name in sorted(os.environ) if name.upper().startswith(PREFIX)}
    return [
        sentences.CONFIG_KEY_UNKNOWN.format(where=name) + _guess(rest, known, PREFIX + "{}")
        for name, rest in given.items()
        if rest not in known
    ]


def _variable(key: str) -> str:
    return PREFIX + key.replace(".", "__").upper()


def _environment() -> set[str]:
    """The variables that are set, as the settings see them: in any case."""
    return {name.upper() for name in os.environ}


def _guess(name: str, known: Iterable[str], shape: str) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.7)
    return sentences.CONFIG_GUESS.format(guess=shape.format(near[0])) if near else ""


def _without_overruled(table: Table) -> Table:
    """Of the token and its file, what the environment gives replaces both of the file's."""
    given = _environment()
    if {_variable("telegram.token"), _variable("telegram.token_file")} & given:
        for key in ("token", "token_file"):
            table.get("telegram", {}).pop(key, None)
    return table


def _told(error: ErrorDetails) -> Iterator[str]:
    """The sentence for one of pydantic's errors; its own words stay out, they may hold the value."""
    section, *rest = (str(part) for part in error["loc"])
    key = f"{section}.{rest[0]}" if rest else section
    where = _variable(key) if _variable(key) in _environment() else f"[{section}] {rest[0] if rest else ''}".strip()
    if error["type"] == "extra_forbidden":
        if not where.startswith(PREFIX) and f"{PREFIX}{section}__{rest[0]}".upper() not in _environment():
            fields = [known.partition(".")[2] for known in KEYS if known.startswith(f"{section}.")]
            yield sentences.CONFIG_KEY_UNKNOWN.format(where=where) + _guess(rest[0], fields, "{}")
        return
    advice = sentences.ADVICE[key].format(languages=", ".join(languages()))
    if key in SECRET:
        yield sentences.CONFIG_VALUE_HIDDEN.format(where=where, advice=advice)
    else:
        yield sentences.CONFIG_VALUE.format(where=where, value=_shown(error["input"]), advice=advice)


def _shown(value: object) -> str:
    """A value as TOML writes it; a token that strayed here stays unseen."""
    return redact(
        f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    )


def _ready(telegram: Telegram) -> tuple[Telegram, list[str]]:
    """The same with its token read from the file, and a line for each thing that keeps it from speaking to Telegram."""
    lines = []
    if telegram.mode == "webhook":
        lines.append(sentences.CONFIG_NO_WEBHOOK)
    token = telegram.token.get_secret_value()
    if token and telegram.token_file:
        lines.append(sentences.CREDENTIAL_TWICE)
    elif telegram.token_file:
        token, more = _from_file(telegram.token_file)
        lines += more
    elif not token:
        lines.append(sentences.CREDENTIAL_MISSING.format(advice=sentences.ADVICE["telegram.token"]))
    return telegram.model_copy(update={"token": SecretStr(token)}), lines


def _from_file(path: str) -> tuple[str, list[str]]:
    advice = sentences.ADVICE["telegram.token_file"]
    try:
        text = Path(path).expanduser().read_text("utf-8")
        return Telegram(token=SecretStr(text)).token.get_secret_value(), []
    except OSError as error:
        line = sentences.CREDENTIAL_FILE.format(path=path, why=error.strerror, advice=advice)
    except ValueError:  # not UTF-8, or not a token
        line = sentences.CREDENTIAL_FILE.format(
            path=path, why=sentences.CREDENTIAL_ABSENT, advice=sentences.ADVICE["telegram.token"]
        )
    return "", [line]
