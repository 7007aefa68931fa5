"""Who and what there is: people, bots, chats, messages, and how they find each other."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.events import Events
from sandbox.files import Files
from sandbox.person import Person
from sandbox.presses import Presses
from sandbox.profiles import Profile
from sandbox.refusals import MistakenError
from sandbox.shapes import Object
from sandbox.tokens import TOKEN, bot_id_of
from sandbox.updates import Inbox
from sandbox.webhooks import Hook

FIRST_PERSON = 1001
FIRST_SUPERGROUP = -1000000000001
FIRST_GROUP = -4000000001
_PRESENT = ("creator", "administrator", "member", "restricted")


@dataclass(slots=True, eq=False)
class Bot:
    """One token's bot."""

    id: int
    token: str
    user: Object
    inbox: Inbox
    profile: Profile
    reads_all: bool = False  # privacy mode off, as told to the bot's father
    called: bool = False
    hook: Hook | None = None

    def close(self) -> None:
        """Nobody receives for this bot any more."""
        self.inbox.close()
        if self.hook:
            self.hook.close()
            self.hook = None

    def me(self) -> Object:
        """What getMe says."""
        return {
            **self.user,
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_guest_queries": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }


@dataclass(slots=True, eq=False)
class Post:
    """A message in a chat. Its `message` is never changed, only replaced, so that updates keep what was."""

    message: Object
    sender: int
    keyboard: Object | None = None  # a markup that isn't inline: the bot doesn't get it back, the person sees it
    reactions: dict[int, str] = field(default_factory=dict)  # emoji by user

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    def seen(self) -> Object:
        """The message as a person sees it."""
        return {**self.message, "reply_markup": self.keyboard} if self.keyboard else self.message

    def reacted(self) -> list[Object]:
        """Who reacted how."""
        return [{"user": who, "emoji": emoji} for who, emoji in self.reactions.items()]


@dataclass(slots=True, eq=False)
class Topic:
    """A forum's topic; its id is that of the message that created it."""

    id: int
    name: str
    icon_color: int
    closed: bool = False


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of a person and a bot, or a group."""

    id: int
    type: str
    ids: Iterator[int]
    title: str = ""
    person: Person | None = None
    bot: int = 0  # in a private chat
    statuses: dict[int, str] = field(default_factory=dict)  # of people and bots, also of those who left
    open_to: dict[int, bool] = field(default_factory=dict)  # bots that joined with privacy mode off
    is_forum: bool = False
    migrated_to: int | None = None
    reactions: list[str] | None = None  # those that may be given; None: all
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_bot: int = 0  # the bot that wrote last
    begun: bool = False  # a private chat in which the person has written
    told: Object = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.describe()

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def describe(self) -> None:
        """Make anew what bots are told of the chat."""
        chat: Object = {"id": self.id, "type": self.type}
        if self.person:
            chat["first_name"] = self.person.first_name
            if self.person.username:
                chat["username"] = self.person.username
        else:
            chat["title"] = self.title
        if self.is_forum:
            chat["is_forum"] = True
        self.told = chat

    def members(self) -> list[int]:
        """The ids of all who are in it, bots too."""
        return [user for user, status in self.statuses.items() if status in _PRESENT]

    def holds(self, user: int) -> bool:
        return self.statuses.get(user) in _PRESENT

    def is_admin(self, user: int) -> bool:
        return self.statuses.get(user) in ("creator", "administrator")


class World:
    """Everything the sandbox knows; emptied by `reset`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.events = Events(clock)
        self.by_webhook: Callable[[Bot, Object], None] = lambda _bot, _call: None  # calls made in a webhook's answer
        self.bots: dict[int, Bot] = {}
        self.reset()

    def reset(self) -> None:
        """Forget everyone and everything; receivers that wait are sent home."""
        for bot in self.bots.values():
            bot.close()
        self.bots = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.files = Files()
        self.presses = Presses()
        self._account_ids = itertools.count(1)
        self._group_ids = itertools.count(FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP, -1)
        self._person_ids = itertools.count(FIRST_PERSON)

    def bot(self, token: str) -> Bot | None:
        """The token's bot, made at first sight; None if the token is wrong."""
        number = bot_id_of(token)
        if number is None:
            return None
        known = self.bots.get(number)
        if known is not None:
            return known if known.token == token else None
        demo = token == TOKEN
        username = "wayhome_bot" if demo else f"sandbox{number}_bot"
        name = "Wayhome" if demo else f"Bot {number}"
        user = {"id": number, "is_bot": True, "first_name": name, "username": username}
        bot = self.bots[number] = Bot(number, token, user, Inbox(self.clock), Profile(name))
        return bot

    def first_bot(self) -> Bot:
        """The bot that called first; the demo's until one did."""
        for bot in self.bots.values():
            if bot.called:
                return bot
        demo = self.bot(TOKEN)
        if demo is None:
            raise MistakenError("the demo's bot id is taken by another token")
        return demo

    def person(self, number: int) -> Person:
        person = self.people.get(number)
        if person is None:
            raise MistakenError(f"there is no person {number}", 404)
        return person

    def add_person(
        self,
        number: int | None,
        first_name: str,
        username: str | None = None,
        language_code: str | None = None,
        role: str | None = None,
    ) -> Person:
        """A new person, or a known one anew."""
        if number is None:
            number = next(i for i in self._person_ids if i not in self.people)
        if number <= 0 or number in self.bots:
            raise MistakenError(f"{number} can't be a person's id")
        person = self.people[number] = Person(number, first_name, username, language_code, role)
        for chat in self.private.values():
            if chat.person and chat.person.id == number:
                chat.person = person
                chat.describe()
        return person

    def user(self, number: int) -> Object | None:
        """Telegram's User of a person or a bot."""
        if number in self.people:
            return self.people[number].user
        return self.bots[number].user if number in self.bots else None

    def private_chat(self, person: Person, bot: Bot) -> Chat:
        """Their chat, which exists from the first look on."""
        key = bot.id, person.id
        if key not in self.private:
            statuses = {person.id: "member", bot.id: "member"}
            self.private[key] = Chat(
                person.id, "private", self._account_ids, person=person, bot=bot.id, statuses=statuses
            )
        return self.private[key]

    def add_group(self, kind: str, title: str, *, is_forum: bool = False) -> Chat:
        """A new group without members. A supergroup numbers its own messages, other chats share one counter."""
        if kind == "supergroup":
            chat = Chat(next(self._supergroup_ids), kind, itertools.count(1), title, is_forum=is_forum)
        else:
            chat = Chat(next(self._group_ids), kind, self._account_ids, title)
        self.groups[chat.id] = chat
        return chat

    def chats_of(self, person: int) -> Iterable[Chat]:
        """All chats a person is in; one that moved on is left out."""
        yield from (chat for (_, who), chat in self.private.items() if who == person and chat.posts)
        yield from (chat for chat in self.groups.values() if chat.holds(person) and chat.migrated_to is None)

    def number(self, chat: Chat) -> int:
        """The chat's id as its people know it: a second bot's private chat goes by the bot's id."""
        return chat.bot if chat.is_private and chat.bot != self.first_bot().id else chat.id

    def chat_of(self, person: Person, number: int | None) -> Chat:
        """The chat a person means: a group they are in, or a private chat with a bot."""
        if number in self.groups:
            chat = self.groups[number]
            if not chat.holds(person.id):
                raise MistakenError(f"{person.first_name} isn't in that chat", 403)
            return chat
        if number is None or number == person.id:
            return self.private_chat(person, self.first_bot())
        if number in self.bots:
            return self.private_chat(person, self.bots[number])
        raise MistakenError(f"there is no chat {number}", 404)

    def view(self, chat: Chat) -> Object:
        """The contract's ChatView."""
        title = self.bots[chat.bot].user["first_name"] if chat.is_private else chat.title
        return {
            "id": self.number(chat),
            "type": chat.type,
            "title": title,
            "members": [user for user in chat.members() if user in self.people],
            "is_forum": chat.is_forum,
            "reactions": chat.reactions,
        }
