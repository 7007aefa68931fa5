"""Someone who is not a bot."""

from dataclasses import dataclass, field

from sandbox.shapes import Object


@dataclass(slots=True, eq=False)
class Person:
    """Someone at the page or in a test."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    role: str | None = None
    blocked: set[int] = field(default_factory=set)  # the bots they have blocked
    user: Object = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            self.user["username"] = self.username
        if self.language_code:
            self.user["language_code"] = self.language_code

    @property
    def language(self) -> str:
        """The two letters by which bots' menus and texts are chosen: "en" of "en-GB"; none if they aren't known."""
        return (self.language_code or "").partition("-")[0]

    def view(self) -> Object:
        names = ("id", "first_name", "username", "language_code", "role")
        return {name: getattr(self, name) for name in names}
