"""What the doors may use: the store, the kinds, the words, the places, the team; built once by the roof and handed to each door."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.rights import role_of
from handlers.sites import Sites
from handlers.tongues import Tongues
from protection.small_numbers import Audience
from records.commands import Command, commands_of
from records.kind import Context, Kind
from records.places import Gazetteer
from records.rights import Role
from records.rule import Rule
from records.terms import Terms
from records.vocabulary import Vocabulary
from render.catalogue import Words
from storage import members
from storage.door import Door


@dataclass(frozen=True, slots=True)
class Team:
    """The team this desk serves, as configured. `owners` are admins whatever else is kept of them."""

    id: int
    name: str
    owners: frozenset[int]
    country: str
    zone: ZoneInfo
    language: str
    digest: Rule | None
    """A new member's digest, None for none."""


@dataclass(frozen=True)
class House:
    """Everything a door needs, and nothing it could look up for itself."""

    door: Door
    team: Team
    kinds: tuple[Kind, ...]
    vocabulary: Vocabulary
    sites: Sites
    now: Callable[[], datetime]
    group_audience: Audience
    tongues: Tongues
    terms: Terms = field(default_factory=Terms)
    _spoken: dict[str, Words] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def places(self) -> Gazetteer:
        """All places, the team's own over what is shipped, as they are at this moment."""
        return self.sites.places

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command there is."""
        return commands_of(self.kinds)

    async def role(self, who: int) -> Role | None:
        """What somebody is in the team now; None for nobody of it."""
        if who in self.team.owners:
            return "admin"
        return await self.door.read(role_of, self.team.id, who, self.team.owners)

    async def members(self) -> frozenset[int]:
        """Everybody of the team by id, the owners too."""
        return self.team.owners | await self.door.read(members.numbers, self.team.id)

    def kind(self, name: str) -> Kind:
        """The kind of that name; KeyError if there is none."""
        return next(one for one in self.kinds if one.name == name)

    def speak(self, language: str) -> Words:
        """The words of a language, with the team's clock."""
        if language not in self._spoken:
            self._spoken[language] = Words(language, self.vocabulary, self.team.zone)
        return self._spoken[language]

    def context(self, at: datetime, language: str = "") -> Context:
        """What reading a message told at that moment, by somebody of that language, depends on."""
        spoken = language or self.team.language
        return Context(now=at, zone=self.team.zone, country=self.team.country, language=spoken, places=self.places)

    def audience(self, *, private: bool) -> Audience:
        """Who reads an answer: members in private see exact numbers, groups what the team allows."""
        return Audience() if private else self.group_audience

    @property
    def outsiders(self) -> Audience:
        """People outside of the team: they are told masked numbers, whatever groups are told."""
        return replace(self.group_audience, masked=True)
