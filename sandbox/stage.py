"""Setting the stage: people, chats, members, the clock, and emptying it all."""

from datetime import UTC, datetime

from sandbox import membership, reactions
from sandbox.refusals import MistakenError
from sandbox.shapes import Json, Object
from sandbox.world import Bot, Chat, World

_TEXTS = ("first_name", "username", "language_code", "role")


class Stage:
    """What belongs to nobody in particular."""

    def __init__(self, world: World) -> None:
        self._world = world

    def world(self) -> Json:
        world = self._world
        bot = world.first_bot()
        return {
            "bot": bot.me(),
            "bots": [bot.me() for bot in world.bots.values()],
            "people": [person.view() for person in world.people.values()],
            "chats": [world.view(chat) for chat in world.groups.values() if chat.migrated_to is None],
            "now": world.clock.unix(),
            "event": world.events.latest,
        }

    def add_person(self, body: Object) -> Json:
        number = body.get("id")
        if number is not None and type(number) is not int:
            raise MistakenError("id is a number")
        unknown = body.keys() - {"id", *_TEXTS}
        if unknown or any(type(body.get(name)) not in (str, type(None)) for name in _TEXTS):
            raise MistakenError(f"a person has id, {', '.join(_TEXTS)}, all but the id texts")
        if not body.get("first_name"):
            raise MistakenError("a person needs a first_name")
        username, language, role = (body.get(name) or None for name in _TEXTS[1:])
        return self._world.add_person(number, body["first_name"], username, language, role).view()

    def add_chat(self, body: Object) -> Json:
        """A group its first member made; the first bot is in it from the start."""
        world = self._world
        kind, title = body.get("type", "supergroup"), body.get("title")
        if kind not in ("group", "supergroup") or type(title) is not str or not title:
            raise MistakenError('a chat has a title and the type "group" or "supergroup"')
        users = [self._user(number) for number in _ids(body, "members")]
        people = [user for user in users if not user["is_bot"]]
        if not people:
            raise MistakenError("a chat needs a member who made it")
        if body.get("is_forum") and kind == "group":
            raise MistakenError("only a supergroup can be a forum")
        bot = world.first_bot()
        if "privacy_mode" in body:
            bot.reads_all = body["privacy_mode"] is False
        chat = world.add_group(kind, title, is_forum=bool(body.get("is_forum")))
        chat.statuses = {user["id"]: "member" for user in people}
        chat.statuses[people[0]["id"]] = "creator"
        bots = [bot.user, *(user for user in users if user["is_bot"] and user["id"] != bot.id)]
        self._admit(chat, bots, people[0], bot, admin=bool(body.get("bot_is_admin")))
        return world.view(chat)

    def _admit(self, chat: Chat, bots: list[Object], by: Object, first: Bot, *, admin: bool) -> None:
        membership.join(self._world, chat, bots, by)
        if admin:
            membership.promote(self._world, chat, first.user, by, admin=True)

    def change_members(self, number: int, body: Object) -> Json:
        """`add` and `remove` people or bots; the one who made the chat does it. `admins` sets who else may all."""
        world, chat = self._world, self._chat(number)
        creator = next(user for user, status in chat.statuses.items() if status == "creator")
        by = self._user(creator)
        membership.join(world, chat, [self._user(who) for who in _ids(body, "add")], by)
        for who in _ids(body, "remove"):
            if who == creator or not chat.holds(who):
                raise MistakenError(f"{who} can't be removed from there")
            membership.leave(world, chat, self._user(who), by)
        for who in (user for user in _ids(body, "promote") if chat.holds(user) and user != creator):
            membership.promote(world, chat, self._user(who), by, admin=True)
        for who in (user for user in _ids(body, "demote") if chat.holds(user) and user != creator):
            membership.promote(world, chat, self._user(who), by, admin=False)
        return world.view(chat)

    def allow_reactions(self, number: int, body: Object) -> Json:
        """`allowed` is a list of emoji, or null for all."""
        allowed = body.get("allowed")
        if type(allowed) not in (list, type(None)) or not all(type(one) is str for one in allowed or ()):
            raise MistakenError("allowed is a list of emoji, or null for all")
        chat = self._chat(number)
        reactions.allow(self._world, chat, allowed)
        return self._world.view(chat)

    def migrate(self, number: int) -> Json:
        chat = self._chat(number)
        if chat.type != "group":
            raise MistakenError("only a group becomes a supergroup")
        creator = next(user for user, status in chat.statuses.items() if status == "creator")
        return self._world.view(membership.migrate(self._world, chat, self._user(creator)))

    def clock(self) -> Json:
        clock = self._world.clock
        return {"now": clock.unix(), "offset": round(clock.offset(), 3)}

    def set_clock(self, body: Object) -> Json:
        clock = self._world.clock
        match body:
            case {"forward": int() | float() as seconds} if seconds >= 0:
                clock.forward(seconds)
            case {"set": int() | float() as moment}:
                try:
                    clock.set(datetime.fromtimestamp(moment, UTC))
                except (ValueError, OverflowError, OSError):
                    raise MistakenError("set is a moment in unix seconds") from None
            case _:
                raise MistakenError("forward (seconds, not back) or set (unix seconds) is needed")
        self._world.events.add("clock", None, None, now=clock.unix())
        return self.clock()

    def _chat(self, number: int) -> Chat:
        chat = self._world.groups.get(number)
        if chat is None or chat.migrated_to is not None:
            raise MistakenError(f"there is no chat {number}", 404)
        return chat

    def _user(self, number: int) -> Object:
        user = self._world.user(number)
        if user is None:
            raise MistakenError(f"there is no person {number}", 404)
        return user


def _ids(body: Object, name: str) -> list[int]:
    listed = body.get(name, [])
    if type(listed) is not list or not all(type(number) is int for number in listed):
        raise MistakenError(f"{name} is a list of ids")
    return listed
