"""What people do: say, edit, delete, press, react, send, block; and what they see."""

import itertools
from collections.abc import Sequence

from sandbox import membership, posting
from sandbox.files import Upload, image_size
from sandbox.found import add_found
from sandbox.keyboards import has_data
from sandbox.person import Person
from sandbox.reactions import react
from sandbox.refusals import MistakenError, telling_people
from sandbox.shapes import Json, Object
from sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, Formatted, tidy, units
from sandbox.world import Bot, Chat, Post, World

_SHOWN_AS_PHOTO = ("image/png", "image/jpeg", "image/webp")


class People:
    """The people's side of the world; every call is one person's."""

    def __init__(self, world: World) -> None:
        self._world = world

    def say(self, who: int, body: Object) -> Json:
        person, chat = self._where(who, body)
        content = _text(body.get("text"), TEXT_LIMIT, "text", "entities")
        reply_to = self._replied(chat, body.get("reply_to"))
        return self._post(person, chat, content, reply_to, self._thread(chat, body.get("thread"))).seen()

    def send(self, who: int, body: Object, upload: Upload, caption: str = "") -> Json:
        """A photo if it is an image, else a document."""
        person, chat = self._where(who, body)
        return self._post(person, chat, self._media(upload, caption), None, None).seen()

    def send_album(self, who: int, body: Object, items: Sequence[tuple[Upload, str]]) -> Json:
        """An album: each item, with its caption or without one, is a message of its own."""
        person, chat = self._where(who, body)
        contents = [self._media(upload, caption) for upload, caption in items]
        if len(contents) > posting.ALBUM_MOST or len({"photo" in content for content in contents}) > 1:
            raise MistakenError("an album holds two to ten files: photos only or documents only")
        group = {"media_group_id": posting.album_id(self._world)}
        return [self._post(person, chat, content | group, None, None).seen() for content in contents]

    def _media(self, upload: Upload, caption: str) -> Object:
        words = _text(caption, CAPTION_LIMIT, "caption", "caption_entities") if caption else {}
        with telling_people():
            if upload.mime in _SHOWN_AS_PHOTO and image_size(upload.data):
                return {"photo": [self._world.files.keep_photo(upload).described], **words}
            return {"document": self._world.files.keep_document(upload).described, **words}

    def _post(self, person: Person, chat: Chat, content: Object, reply_to: Post | None, thread: int | None) -> Post:
        if chat.is_private and chat.bot in person.blocked:
            raise MistakenError(f"{person.first_name} has blocked the bot", 403)
        chat.begun = True
        return posting.post(self._world, chat, person.user, content, reply_to=reply_to, thread=thread)

    def edit(self, who: int, body: Object) -> Json:
        person, chat = self._where(who, body)
        post = self._own(person, chat, body)
        texted = "text" in post.message
        limit, name = (TEXT_LIMIT, "text") if texted else (CAPTION_LIMIT, "caption")
        listed = "entities" if texted else "caption_entities"
        changed = {listed: None, **_text(body.get("text"), limit, name, listed)}
        if post.message.get(name) == changed[name]:
            return post.seen()
        posting.replace(self._world, chat, post, changed, tell_bots=True)
        return post.seen()

    def delete(self, who: int, body: Object) -> Json:
        person, chat = self._where(who, body)
        post = self._message(chat, body)
        if not chat.is_private and post.sender != person.id and not chat.is_admin(person.id):
            raise MistakenError("only their own messages")
        posting.remove(self._world, chat, post.id)
        return {}

    def press(self, who: int, body: Object) -> Json:
        """The button must be there; the bot that wrote the message gets the query."""
        world = self._world
        person, chat = self._where(who, body)
        post, data = self._message(chat, body), body.get("data")
        if type(data) is not str or not has_data(post.message.get("reply_markup"), data):
            raise MistakenError("the message has no such button")
        bot = world.bots[post.sender]
        press = world.presses.add(bot.id, person.id, world.number(chat), world.clock.time())
        query: Object = {
            "id": press.id,
            "from": person.user,
            "message": post.message,
            "chat_instance": str(-7_000_000_000_000_000_000 + abs(chat.id)),
            "data": data,
        }
        world.events.add(
            "pressed",
            press.chat,
            frozenset((person.id,)),
            callback=press.id,
            data=data,
            person=person.id,
            message_id=post.id,
        )
        if not (chat.is_private and bot.id in person.blocked):
            bot.inbox.add("callback_query", query, chat.id)
        return {"callback": press.id}

    def answer(self, who: int, number: str) -> Json:
        press = self._world.presses.get(number)
        if press is None or press.person != self._world.person(who).id:
            raise MistakenError("there is no such press", 404)
        return press.view()

    def react(self, who: int, body: Object) -> Json:
        person, chat = self._where(who, body)
        emoji = body.get("emoji")
        if emoji is not None and type(emoji) is not str:
            raise MistakenError("emoji is one of Telegram's reactions, or null")
        with telling_people():
            react(self._world, chat, self._message(chat, body), person.user, emoji)
        return {}

    def block(self, who: int, body: Object) -> Json:
        person = self._world.person(who)
        bot = self._bot(body.get("bot"))
        if type(body.get("blocked")) is not bool:
            raise MistakenError("blocked is true or false")
        membership.block(self._world, person, bot, blocked=body["blocked"])
        return {}

    def chats(self, who: int) -> Json:
        """Their chats; the private one with the first bot is always there."""
        world = self._world
        person = world.person(who)
        first = world.private_chat(person, world.first_bot())
        chats = itertools.chain((first,), (chat for chat in world.chats_of(who) if chat is not first))
        return [{**world.view(chat), "last": _last(chat)} for chat in chats]

    def messages(self, who: int, chat: int | None, after: int) -> Json:
        found = self._world.chat_of(self._world.person(who), chat)
        return [_with_reactions(post) for number, post in found.posts.items() if number > after]

    def menu(self, who: int, number: int | None) -> Json:
        """The commands the bot offers that person there."""
        person = self._world.person(who)
        chat = self._world.chat_of(person, number)
        bots = [self._world.bots[chat.bot]] if chat.is_private else posting.bots_in(self._world, chat)
        admin = chat.is_admin(who)
        return [
            command
            for bot in bots
            for command in bot.profile.commands_for(
                chat.id, who, private=chat.is_private, admin=admin, language=person.language
            )
        ]

    def about(self, who: int, number: int | None) -> Json:
        """What the bot says of itself to that person: in the empty chat, and on its profile."""
        person = self._world.person(who)
        chat = self._world.chat_of(person, number)
        profile = self._bot(chat.bot if chat.is_private else None).profile
        return {kind: profile.text(kind, person.language) for kind in ("description", "short_description")}

    def _where(self, who: int, body: Object) -> tuple[Person, Chat]:
        person = self._world.person(who)
        number = body.get("chat")
        if number is not None and type(number) is not int:
            raise MistakenError("chat is an id, or null for the private chat with the bot")
        chat = self._world.chat_of(person, number)
        if chat.migrated_to is not None:
            raise MistakenError(f"the group is now {chat.migrated_to}")
        return person, chat

    def _bot(self, number: int | None) -> Bot:
        bot = self._world.bots.get(number) if number is not None else self._world.first_bot()
        if bot is None:
            raise MistakenError(f"there is no bot {number}", 404)
        return bot

    def _message(self, chat: Chat, body: Object) -> Post:
        number = body.get("message")
        post = chat.posts.get(number) if type(number) is int else None
        if post is None:
            raise MistakenError("there is no such message", 404)
        return post

    def _own(self, person: Person, chat: Chat, body: Object) -> Post:
        post = self._message(chat, body)
        if post.sender != person.id or not ({"text", "photo", "document"} & post.message.keys()):
            raise MistakenError("only their own messages")
        return post

    def _replied(self, chat: Chat, number: int | None) -> Post | None:
        return None if number is None else self._message(chat, {"message": number})

    def _thread(self, chat: Chat, thread: int | None) -> int | None:
        if thread is None:
            return None
        topic = chat.topics.get(thread)
        if topic is None or topic.closed:
            raise MistakenError("there is no such open topic", 404)
        return thread


def _with_reactions(post: Post) -> Object:
    return {**post.seen(), "reactions": post.reacted()} if post.reactions else post.seen()


def _last(chat: Chat) -> Object | None:
    return next(reversed(chat.posts.values())).seen() if chat.posts else None


def _text(text: Json, limit: int, name: str, listed: str) -> Object:
    """What a person typed, as their client would send it."""
    if type(text) is not str:
        raise MistakenError(f"{name} is needed")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MistakenError(f"{name} has half a character") from None
    formatted = add_found(tidy(Formatted(text)))
    if not formatted.text:
        raise MistakenError(f"{name} is empty")
    if units(formatted.text) > limit:
        raise MistakenError(f"{name} is over {limit} UTF-16 units; Telegram's own clients would split it")
    content: Object = {name: formatted.text}
    if formatted.entities:
        content[listed] = formatted.entities
    return content
