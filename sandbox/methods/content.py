"""What a call wants to say: text or caption with entities, keyboard, the message it replies to, its topic, its file."""

from sandbox.files import Stored, Upload
from sandbox.found import add_found
from sandbox.html import checked_link, parse_html
from sandbox.keyboards import inline, split
from sandbox.methods.call import Call
from sandbox.refusals import bad, not_built
from sandbox.shapes import Object, words
from sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, Formatted, tidy, units
from sandbox.world import Chat, Post

_MARKED = frozenset(
    words(
        "bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention "
        "custom_emoji"
    )
)
_FOUND = frozenset(words("mention hashtag cashtag bot_command url email phone_number"))
_MOST_ENTITIES = 100


def text_of(call: Call) -> Object:
    """The `text` and `entities` of a message."""
    formatted = _formatted(call, call.given["text"], call.given, "entities")
    if not formatted.text:
        raise bad("message text is empty")
    if units(formatted.text) > TEXT_LIMIT:
        raise bad("message is too long")
    content: Object = {"text": formatted.text, "entities": formatted.entities or None}
    if call.given.get("link_preview_options"):
        content["link_preview_options"] = call.given["link_preview_options"]
    return content


def caption_of(call: Call, given: Object | None = None) -> Object:
    """The `caption` and `caption_entities` of a message, None where it has none."""
    given = call.given if given is None else given
    formatted = _formatted(call, given.get("caption", ""), given, "caption_entities")
    if units(formatted.text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    above = given.get("show_caption_above_media") or None
    caption = formatted.text or None
    return {"caption": caption, "caption_entities": formatted.entities or None, "show_caption_above_media": above}


def _formatted(call: Call, text: str, given: Object, listed: str) -> Formatted:
    mode = given.get("parse_mode", "")
    if mode.lower() == "html":
        formatted = parse_html(text)
    elif mode.lower() in ("markdownv2", "markdown"):
        raise not_built(f"parse_mode {mode}; use HTML or {listed}")
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        formatted = Formatted(text, [_checked(entity) for entity in given.get(listed, ()) if _wanted(entity)])
        _check_bounds(formatted)
    if formatted.entities:
        formatted.entities = [e for e in formatted.entities if _with_user(call, e)][:_MOST_ENTITIES]
    return add_found(tidy(formatted))


def _wanted(entity: Object) -> bool:
    # Telegram finds links and commands by itself and takes nobody's word for them.
    if entity["type"] not in _MARKED | _FOUND:
        raise bad(f'can\'t parse entities: unknown type "{entity["type"]}"')
    return entity["type"] in _MARKED and entity["length"] > 0


def _checked(entity: Object) -> Object:
    if entity["type"] == "text_link":
        url = checked_link(entity.get("url", ""))
        if not url:
            raise bad("Entity URL is invalid")
        return {**entity, "url": url}
    if entity["type"] == "custom_emoji" and not entity.get("custom_emoji_id", "").isdigit():
        raise bad("Invalid custom emoji identifier specified")
    return entity


def _check_bounds(formatted: Formatted) -> None:
    length = units(formatted.text)
    for entity in formatted.entities:
        if entity["offset"] < 0 or entity["length"] < 0:
            raise bad(f"Receive an entity with incorrect offset {entity['offset']}")
        if entity["offset"] + entity["length"] > length:
            raise bad(f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text")


def _with_user(call: Call, entity: Object) -> bool:
    """A mention by id becomes one of the whole user; one of a stranger is no entity."""
    if entity["type"] != "text_mention":
        return True
    user = call.world.user(entity.get("user", {}).get("id", 0))
    if user:
        entity["user"] = user
    return user is not None


def markup_of(call: Call) -> tuple[Object | None, Object | None]:
    """The call's inline keyboard and any other markup."""
    return split(call.given.get("reply_markup"))


def inline_of(call: Call) -> Object | None:
    return inline(call.given.get("reply_markup"))


def reply_of(call: Call, chat: Chat) -> Post | None:
    """The message it replies to; missing ones are refused unless the call allows for that."""
    reply = call.given.get("reply_parameters")
    if not reply:
        return None
    elsewhere = reply.get("chat_id")
    if elsewhere is not None and elsewhere != chat.id:
        raise not_built("replies to another chat")
    for name in ("quote", "checklist_task_id", "poll_option_id"):
        if name in reply:
            raise not_built(f"{name} in reply_parameters")
    found = chat.posts.get(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return found


def thread_of(call: Call, chat: Chat) -> int | None:
    """The topic it belongs to, which must be there and open."""
    thread: int | None = call.given.get("message_thread_id")
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and not chat.is_admin(call.bot.id):
        raise bad("TOPIC_CLOSED")
    return thread


def file_of(call: Call, kind: str, wanted: Upload | str) -> Stored:
    """A file that was uploaded now, or a known one by its id."""
    if isinstance(wanted, Upload):
        if not wanted.data:
            raise bad("file must be non-empty")
        files = call.world.files
        return files.keep_photo(wanted) if kind == "photo" else files.keep_document(wanted)
    if wanted.startswith("attach://"):
        upload = call.uploads.get(wanted.removeprefix("attach://"))
        if upload is None:
            raise bad(f"there is no {kind} in the request")
        return file_of(call, kind, upload)
    if wanted.startswith(("http://", "https://")):
        raise not_built("files fetched from a web address")
    stored = call.world.files.get(wanted)
    if stored is None:
        raise bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if stored.kind != kind:
        raise bad(f"type of file mismatch: can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def media(stored: Stored) -> Object:
    """The file as a message holds it."""
    return {"photo": [stored.described]} if stored.kind == "photo" else {"document": stored.described}
