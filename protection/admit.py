"""What of an update may be kept: who wrote (by number), where, when and what, but nobody's name and nothing of any one person.

The desk never stores people's Telegram names, so they are taken out before an update reaches the database. Of a message that tells
of one person only the names of the rules it breaks are kept, and of what people of a group say to everybody there no word.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeAlias

from protection.links import SEALED, without_token
from protection.personal import stops
from records.command import envelope, nearest_command

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

NAMES: Final = frozenset({
    "first_name", "last_name", "username", "active_usernames", "title", "name", "custom_title", "tag", "sender_tag",
    "bio", "author_signature", "sender_user_name", "performer", "new_chat_title", "file_name", "invite_link",
    "web_app_name", "phone_number", "email", "vcard", "address", "street_line1", "street_line2", "city", "post_code",
})  # fmt: skip
"""Keys whose text names or may name somebody. The text goes, the key stays: Telegram's own shapes require some of them."""
PLACES: Final = frozenset({"latitude", "longitude"})
QUOTING: Final = frozenset({"reply_to_message", "pinned_message", "external_reply", "quote"})
"""Other people's messages inside an update: their words are not this person's to have kept again."""
WORDS: Final = frozenset({
    "text", "caption", "entities", "caption_entities", "rich_message", "checklist", "poll", "reply_markup",
})  # fmt: skip
SPOKEN: Final = ("message", "edited_message", "channel_post")
"""The updates in which somebody says something; a press holds the desk's own words."""
FRAME: Final = frozenset({
    "message_id", "date", "edit_date", "chat", "from", "sender_chat", "message_thread_id", "is_topic_message",
    "media_group_id", "forward_origin",
})  # fmt: skip
"""What is left of a message that tells of one person: enough to answer it."""
SIGNS: Final = re.compile(r"(?:.*_)?id|type|mime_type|status|emoji|language|language_code")
"""Keys of Telegram's own signs, which nobody wrote. A file's id may look like any number."""
PERSONAL: Final = "personal"
"""The key under which an update that was refused says why: `rules`, and whether it was a `command` for the desk."""
TOO_MANY: Final = "too_many"
"""The key under which an update says that it came too soon after too many others, and that nothing of it was read."""
SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


def admit(update: Mapping[str, Json], bot: str = "", commands: Collection[str] = ()) -> dict[str, Json]:
    """The update as it may be stored; ids, language codes, words, entities and buttons are as they came.

    A message that tells of one person keeps no word; beside it stands under PERSONAL why. `bot` is the desk's name at Telegram,
    `commands` what it listens to.
    """
    kept = {_whole(key): _kept(key, value) for key, value in update.items()}
    for key in SPOKEN:
        message = kept.get(key)
        if isinstance(message, dict):
            said = envelope(_text(message), bot, commands)
            if rules := _broken(message):
                first = said[0] if said else None
                meant = first is not None and (first.addressed or bool(nearest_command(first.name, commands)))
                return {**kept, key: _frame(message), PERSONAL: {"rules": [*rules], "command": meant}}
            if not said and _among_people(message):
                kept[key] = {inner: one for inner, one in message.items() if inner not in WORDS}
    return kept


def hurried(update: Mapping[str, Json]) -> dict[str, Json]:
    """The update without a word, as one that came after too many others: enough to tell its sender."""
    framed = {key: _frame(one) if key in SPOKEN and isinstance(one, dict) else one for key, one in update.items()}
    return {**framed, TOO_MANY: True}


def _text(message: Mapping[str, Json]) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _broken(message: Mapping[str, Json]) -> tuple[str, ...]:
    """The rules that anything in the message breaks, each once."""
    return tuple(dict.fromkeys(rule for text in _said(message) for rule in stops(text)))


def _said(value: "Json | Mapping[str, Json]", key: str = "") -> Iterator[str]:
    """Whatever somebody wrote, however deep it lies: words, captions, answers of a poll, addresses behind words."""
    if isinstance(value, Mapping):
        for inner, one in value.items():
            if inner not in QUOTING:
                yield from _said(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from _said(one, key)
    elif isinstance(value, str) and value and not SIGNS.fullmatch(key) and not SEALED.fullmatch(value):
        yield value


def _frame(message: Mapping[str, Json]) -> dict[str, Json]:
    """The message without anything that somebody wrote, and what it answers likewise."""
    kept = {key: one for key, one in message.items() if key in FRAME}
    answered = message.get("reply_to_message")
    return {**kept, "reply_to_message": _frame(answered)} if isinstance(answered, dict) else kept


def _among_people(message: Mapping[str, Json]) -> bool:
    """Whether it was said in a group to everybody: only a command or a reply can be meant for the desk there."""
    chat = message.get("chat")
    return isinstance(chat, dict) and chat.get("type") != "private" and "reply_to_message" not in message


def _whole(text: str) -> str:
    """The text without halves of letters, which JSON can spell and nothing behind it can write: no disk, no network."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _kept(key: str, value: Json) -> Json:
    if isinstance(value, dict):
        if key in {"message", "edited_message"} and isinstance(said := value.get("text"), str):
            value = {**value, "text": without_token(said)}
        unkept = WORDS if key in QUOTING else frozenset()
        kept = {_whole(inner): _kept(inner, one) for inner, one in value.items() if inner not in unkept}
        return {**kept, "text": ""} if key == "quote" else kept  # which must have one
    if isinstance(value, list):
        return [_kept(key, one) for one in value]
    if isinstance(value, str):
        value = _whole(value)
    if key in NAMES and isinstance(value, str):
        suffix = SUFFIX.search(value) if key == "file_name" else None  # tells a table from a picture
        return f"file{suffix[0]}" if suffix else ""
    return 0.0 if key in PLACES else value
