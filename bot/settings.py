"""The shape of the config: every key, its default and what a value must be. `bot/config.py` reads it."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from records.rule import Rule
from records.terms import Terms
from render.catalogue import languages
from storage.errors import DatabaseUnknown
from storage.sealing import Key, read_key
from storage.sqlite import path_of

PREFIX: Final = "WAYHOME_"
TERMS: Final = Terms()
LONGEST: Final = 36_500
"""Days: a hundred years is as good as for ever."""
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
"""Codes of Babel's list that are islands, unions and placeholders."""
COUNTRIES: Final = frozenset(filter(re.compile("[A-Z]{2}").fullmatch, Locale("en").territories)) - _NOT_COUNTRIES
_TOKEN = re.compile(r"\d{4,20}:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_ADDRESS = re.compile(r"\S+:\d{1,5}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Telegram(_Section):
    """Who the bot is and where the Bot API stands."""

    token: SecretStr = SecretStr("")
    token_file: str = ""
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"

    @field_validator("token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        text = token.get_secret_value().strip()
        return SecretStr(_must(text, not text or _TOKEN.fullmatch(text)))

    @field_validator("api_url")
    @classmethod
    def _url(cls, url: str) -> str:
        parts = urlsplit(url)
        fits = (
            parts.scheme in {"http", "https"}
            and parts.hostname
            and not (parts.query or parts.fragment or parts.username)
        )
        return _must(url, fits).rstrip("/")

    @property
    def base_url(self) -> str:
        """Where methods are called, without the token."""
        return f"{self.api_url}/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are fetched, without the token."""
        return f"{self.api_url}/file/bot"


class Webhook(_Section):
    """Where Telegram calls the desk."""

    url: str = ""
    listen: str = "127.0.0.1:8443"
    secret: SecretStr = SecretStr("")

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return _must(url, not url or url.startswith("https://"))

    @field_validator("listen")
    @classmethod
    def _listen(cls, listen: str) -> str:
        return _must(listen, _ADDRESS.fullmatch(listen))

    @field_validator("secret")
    @classmethod
    def _secret(cls, secret: SecretStr) -> SecretStr:
        _must("", _SECRET.fullmatch(secret.get_secret_value()))
        return secret


class Database(_Section):
    """Where everything is kept."""

    url: str = Field(default="sqlite:///wayhome.db", repr=False)

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        try:
            path_of(url)
        except DatabaseUnknown:
            raise ValueError from None
        return url


class Team(_Section):
    """Whose desk it is."""

    name: str = Field(default="Our team", max_length=80)
    owners: Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode] = ()
    country: str = "KZ"
    timezone: str = "Asia/Almaty"
    language: str = "en"

    @field_validator("name")
    @classmethod
    def _name(cls, name: str) -> str:
        return _must(name.strip(), name.strip() and name.strip().isprintable())

    @field_validator("owners", mode="before")
    @classmethod
    def _owners(cls, owners: object) -> object:
        """From the environment they come as one text: 1001,1002."""
        return [one for one in re.split(r"[,\s]+", owners.strip("[] ")) if one] if isinstance(owners, str) else owners

    @field_validator("country")
    @classmethod
    def _country(cls, country: str) -> str:
        return _must(country.upper(), country.upper() in COUNTRIES)

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, zone: str) -> str:
        return _must(zone, zone in available_timezones())

    @field_validator("language")
    @classmethod
    def _language(cls, language: str) -> str:
        return _must(language, language in languages())

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as Python has it."""
        return ZoneInfo(self.timezone)


class Digest(_Section):
    """What a new member gets without asking."""

    default: str = "daily 08:00"

    @field_validator("default")
    @classmethod
    def _default(cls, rule: str) -> str:
        return Rule.parse(rule.strip()).text if rule.strip() else ""


class Privacy(_Section):
    """Small numbers."""

    mask_groups: bool = True
    threshold: int = Field(default=5, ge=2, le=100)


class Retention(_Section):
    """How many days what is kept is kept."""

    drafts: int = Field(default=TERMS.drafts, ge=1, le=LONGEST)
    deliveries: int = Field(default=TERMS.deliveries, ge=1, le=LONGEST)
    withdrawn: int = Field(default=TERMS.withdrawn, ge=1, le=LONGEST)
    notes: int = Field(default=TERMS.notes, ge=2, le=LONGEST)
    updates: int = Field(default=TERMS.updates, ge=2, le=LONGEST)
    answers: int = Field(default=TERMS.answers, ge=2, le=LONGEST)
    alarms: int = Field(default=TERMS.alarms, ge=31, le=LONGEST)

    @property
    def terms(self) -> Terms:
        """The same for those who keep to it."""
        return Terms(**self.model_dump())


class Backup(_Section):
    """Copies of the database, one a night."""

    folder: str = ""
    key_file: str = ""
    keep: int = Field(default=14, ge=1, le=1_000)
    hour: int = Field(default=3, ge=0, le=23)

    @property
    def key(self) -> Key | None:
        """What copies are encrypted with, read from its file. Raises CopySealed."""
        return read_key(Path(self.key_file).expanduser()) if self.key_file else None


class Limits(_Section):
    """How many messages Telegram takes, and how many people may send, 0 for no limit."""

    per_second: int = Field(default=30, ge=0, le=1000)
    per_chat_per_second: int = Field(default=1, ge=0, le=100)
    per_group_per_minute: int = Field(default=20, ge=0, le=1000)
    paid_broadcast: bool = False
    stranger_per_minute: int = Field(default=20, ge=0, le=10_000)
    strangers_per_chat_per_minute: int = Field(default=60, ge=0, le=10_000)
    member_per_minute: int = Field(default=120, ge=0, le=10_000)

    @classmethod
    def none(cls) -> "Limits":
        """No limits at all: for a stand-in of Telegram."""
        return cls.model_validate(dict.fromkeys(cls.model_fields, 0))


class Settings(BaseSettings):
    """The whole config; the environment wins over what it is made from."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    telegram: Telegram = Telegram()
    webhook: Webhook = Webhook()
    database: Database = Database()
    team: Team = Team()
    digest: Digest = Digest()
    privacy: Privacy = Privacy()
    retention: Retention = Retention()
    backup: Backup = Backup()
    limits: Limits = Limits()

    @classmethod
    def apart(cls, **sections: BaseModel) -> "Settings":
        """Settings of these sections alone, whatever the environment says: for a demo, which must not become the real desk."""
        return cls.model_construct(None, **sections)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what the file gave; nothing else."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def _must(value: str, fits: object) -> str:
    """The value if it fits; the sentence for one that doesn't is chosen by its key."""
    if not fits:
        raise ValueError
    return value
