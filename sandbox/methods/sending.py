"""Methods that put messages into chats."""

from sandbox import posting
from sandbox.methods.call import Call
from sandbox.methods.content import caption_of, file_of, markup_of, media, reply_of, text_of, thread_of
from sandbox.refusals import bad
from sandbox.shapes import Json, Object, words
from sandbox.world import Chat, Post

_ACTIONS = frozenset(
    words(
        "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
        "find_location record_video_note upload_video_note"
    )
)
# What a copy takes along; a forwarded message takes the same.
_CONTENT = words("text entities link_preview_options photo document caption caption_entities show_caption_above_media")


def send_message(call: Call) -> Json:
    """SendMessage"""
    chat = call.writable()
    return _send(call, chat, text_of(call)).message


def send_photo(call: Call) -> Json:
    """SendPhoto"""
    return _send_file(call, "photo")


def send_document(call: Call) -> Json:
    """SendDocument"""
    return _send_file(call, "document")


def _send_file(call: Call, kind: str) -> Json:
    chat = call.writable()
    caption = caption_of(call)
    spoiler = {"has_media_spoiler": call.given.get("has_spoiler") or None}
    return _send(call, chat, {**media(file_of(call, kind, call.given[kind])), **caption, **spoiler}).message


def send_media_group(call: Call) -> Json:
    """sendMediaGroup: photos or documents, two to ten."""
    chat = call.writable()
    items = call.given["media"]
    if not 2 <= len(items) <= posting.ALBUM_MOST:  # noqa: PLR2004 - one is no album
        raise bad("number of media in an album must be from 2 to 10")
    kinds = {item["type"] for item in items}
    if not kinds <= {"photo", "document"} or len(kinds) > 1:
        raise bad("the sandbox's albums hold photos only or documents only")
    group = {"media_group_id": posting.album_id(call.world)}
    contents = [
        {**media(file_of(call, item["type"], item["media"])), **caption_of(call, item), **group} for item in items
    ]
    return [_send(call, chat, content).message for content in contents]


def _send(call: Call, chat: Chat, content: Object) -> Post:
    """Post it with the call's keyboard, reply and topic."""
    reply_to = reply_of(call, chat)
    thread = thread_of(call, chat)
    keyboard, other = markup_of(call)
    content["reply_markup"] = keyboard
    content["has_protected_content"] = call.given.get("protect_content") or None
    kept = {key: value for key, value in content.items() if value is not None}
    world = call.world
    return posting.post(world, chat, call.bot.user, kept, reply_to=reply_to, thread=thread, keyboard=other)


def copy_message(call: Call) -> Json:
    """copyMessage: the content anew, without its sender and keyboard."""
    chat = call.writable()
    content = _content(call, call.given["message_id"])
    if "caption" in call.given and "text" not in content:
        content |= caption_of(call)
    return {"message_id": _send(call, chat, content).id}


def forward_message(call: Call) -> Json:
    """forwardMessage: the content with where it came from."""
    chat = call.writable()
    source = call.chat("from_chat_id").posts.get(call.given["message_id"])
    content = _content(call, call.given["message_id"])
    if source is not None:
        first = source.message["from"], source.message["date"]
        origin = {"type": "user", "sender_user": first[0], "date": first[1]}
        content["forward_origin"] = source.message.get("forward_origin", origin)
    return _send(call, chat, content).message


def _content(call: Call, number: int) -> Object:
    source = call.chat("from_chat_id").posts.get(number)
    if source is None:
        raise bad(f"message to {call.method.removesuffix('Message')} not found")
    content = {key: source.message[key] for key in _CONTENT if key in source.message}
    if not content or source.message.get("has_protected_content"):
        raise bad(f"the message can't be {'copied' if call.method == 'copyMessage' else 'forwarded'}")
    return content


def send_chat_action(call: Call) -> Json:
    """SendChatAction"""
    chat = call.writable()
    action = call.given["action"]
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    seen_by = posting.people_in(call.world, chat)
    more = {"thread": thread_of(call, chat), "action": action, "bot": call.bot.id}
    call.world.events.add("action", call.world.number(chat), seen_by, **more)
    return True
