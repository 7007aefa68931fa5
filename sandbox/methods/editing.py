"""Methods that change or take away messages, and mark them."""

from sandbox import posting
from sandbox.methods.call import Call
from sandbox.methods.content import caption_of, file_of, inline_of, media, text_of
from sandbox.reactions import react
from sandbox.refusals import bad
from sandbox.shapes import Json, Object, words
from sandbox.world import Chat, Post

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_DELETABLE_SECONDS = 48 * 3600
_MOST_DELETED = 100
# Everything an edit can bring; what it doesn't bring keeps its value only where the method says so.
_COMPARED = words("text entities caption caption_entities photo document reply_markup link_preview_options")


def edit_text(call: Call) -> Json:
    """EditMessageText"""
    chat, post = _editable(call)
    if "text" not in post.message:
        raise bad("there is no text in the message to edit")
    content = text_of(call)
    return _change(call, chat, post, {"link_preview_options": None, **content, "reply_markup": inline_of(call)})


def edit_caption(call: Call) -> Json:
    """EditMessageCaption"""
    chat, post = _editable(call)
    if "photo" not in post.message and "document" not in post.message:
        raise bad("there is no caption in the message to edit")
    return _change(call, chat, post, {**caption_of(call), "reply_markup": inline_of(call)})


def edit_media(call: Call) -> Json:
    """editMessageMedia: a photo or document for another."""
    chat, post = _editable(call)
    item = call.given["media"]
    if item["type"] not in ("photo", "document"):
        raise bad("the sandbox knows media of type photo and document only")
    if "text" in post.message:
        raise bad("there is no media in the message to edit")
    new = media(file_of(call, item["type"], item["media"]))
    content = {"photo": None, "document": None, **new, **caption_of(call, item)}
    return _change(call, chat, post, {**content, "reply_markup": inline_of(call)})


def edit_markup(call: Call) -> Json:
    """EditMessageReplyMarkup"""
    chat, post = _editable(call)
    return _change(call, chat, post, {"reply_markup": inline_of(call)})


def _editable(call: Call) -> tuple[Chat, Post]:
    if "chat_id" not in call.given:
        raise bad("chat_id is empty")
    chat = call.writable()
    post = call.post(chat, "message to edit not found")
    if post.sender != call.bot.id or post.keyboard or "forward_origin" in post.message:
        raise bad("message can't be edited")
    return chat, post


def _change(call: Call, chat: Chat, post: Post, changed: Object) -> Json:
    if all(post.message.get(key) == changed[key] for key in _COMPARED if key in changed):
        raise bad(NOT_MODIFIED)
    posting.replace(call.world, chat, post, changed, tell_bots=False)
    return post.message


def delete_message(call: Call) -> Json:
    """DeleteMessage"""
    chat = call.writable()
    post = call.post(chat, "message to delete not found")
    if not _may_delete(call, chat, post):
        raise bad("message can't be deleted for everyone")
    posting.remove(call.world, chat, post.id)
    return True


def delete_messages(call: Call) -> Json:
    """deleteMessages: those that can't be found are skipped."""
    chat = call.writable()
    numbers = call.given["message_ids"]
    if not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > _MOST_DELETED:
        raise bad("too many message identifiers specified")
    posts = [chat.posts[number] for number in numbers if number in chat.posts]
    if not all(_may_delete(call, chat, post) for post in posts):
        raise bad("message can't be deleted for everyone")
    for post in posts:
        if post.id in chat.posts:
            posting.remove(call.world, chat, post.id)
    return True


def _may_delete(call: Call, chat: Chat, post: Post) -> bool:
    if not chat.is_private and chat.is_admin(call.bot.id):
        return True
    if call.world.clock.unix() - post.message["date"] > _DELETABLE_SECONDS:
        return False
    return chat.is_private or post.sender == call.bot.id


def set_reaction(call: Call) -> Json:
    """setMessageReaction: at most one emoji for a bot."""
    chat = call.writable()
    post = call.post(chat, "message to react not found")
    wanted = call.given.get("reaction", [])
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if wanted and wanted[0]["type"] != "emoji":
        raise bad("REACTION_INVALID")
    react(call.world, chat, post, call.bot.user, wanted[0]["emoji"] if wanted else None)
    return True


def pin(call: Call) -> Json:
    """PinChatMessage"""
    chat = call.writable()
    _needs_admin(call, chat)
    post = call.post(chat, "message to pin not found")
    if post.id in chat.pinned:
        chat.pinned.remove(post.id)
    chat.pinned.append(post.id)
    posting.post(call.world, chat, call.bot.user, {"pinned_message": posting.quoted(post.message)})
    return True


def unpin(call: Call) -> Json:
    """unpinChatMessage: the given one, else the latest."""
    chat = call.writable()
    _needs_admin(call, chat)
    number = call.given.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all(call: Call) -> Json:
    """UnpinAllChatMessages"""
    chat = call.writable()
    _needs_admin(call, chat)
    chat.pinned.clear()
    return True


def _needs_admin(call: Call, chat: Chat) -> None:
    if not chat.is_private and not chat.is_admin(call.bot.id):
        raise bad("not enough rights to manage pinned messages in the chat")
