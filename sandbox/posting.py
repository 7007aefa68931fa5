"""What happens in a chat, whoever does it: a message is posted, edited, deleted, and everyone concerned is told."""

from sandbox.shapes import Object, words
from sandbox.text import cut
from sandbox.world import Bot, Chat, Post, World

ALBUM_MOST = 10
"""Items of an album."""

_SERVICE = words(
    "new_chat_members left_chat_member new_chat_title group_chat_created supergroup_chat_created migrate_to_chat_id "
    "migrate_from_chat_id pinned_message forum_topic_created forum_topic_closed forum_topic_reopened "
    "forum_topic_edited"
)


def post(
    world: World,
    chat: Chat,
    sender: Object,
    content: Object,
    *,
    reply_to: Post | None = None,
    thread: int | None = None,
    keyboard: Object | None = None,
) -> Post:
    """Put a message into the chat; people see it, bots get it, save the one who sent it."""
    return post_at(world, chat, next(chat.ids), sender, content, reply_to=reply_to, thread=thread, keyboard=keyboard)


def post_at(
    world: World,
    chat: Chat,
    number: int,
    sender: Object,
    content: Object,
    *,
    reply_to: Post | None = None,
    thread: int | None = None,
    keyboard: Object | None = None,
) -> Post:
    """The same for a message whose id is already taken from the chat's counter."""
    message: Object = {
        "message_id": number,
        "from": sender,
        "chat": chat.told,
        "date": world.clock.unix(),
    }
    _place_in_topic(chat, message, reply_to, thread)
    if reply_to:
        message["reply_to_message"] = quoted(reply_to.message)
    message.update(content)
    posted = chat.posts[number] = Post(message, sender["id"], keyboard)
    if sender["is_bot"]:
        chat.last_bot = sender["id"]
    world.events.add("message", world.number(chat), people_in(world, chat), message=posted.seen())
    deliver(world, chat, "message", posted)
    return posted


def _place_in_topic(chat: Chat, message: Object, reply_to: Post | None, thread: int | None) -> None:
    if thread is None and reply_to and chat.is_forum:
        thread = reply_to.message.get("message_thread_id")
    if thread is None:
        return
    message["message_thread_id"] = thread
    message["is_topic_message"] = True
    creation = chat.posts.get(thread)
    if creation and not reply_to:
        # Telegram does so: whatever is said in a topic replies to the message that made it.
        message["reply_to_message"] = quoted(creation.message)


def album_id(world: World) -> str:
    """What the messages of a new album have in common."""
    return str(13_000_000_000_000_000 + world.events.latest)


def quoted(message: Object) -> Object:
    """A message inside another: without its own reply."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def replace(world: World, chat: Chat, old: Post, changed: Object, *, tell_bots: bool) -> None:
    """The message becomes the changed one; keys set to None go."""
    message = {**old.message, **changed, "edit_date": world.clock.unix()}
    old.message = {key: value for key, value in message.items() if value is not None}
    world.events.add("edited", world.number(chat), people_in(world, chat), message=old.seen())
    if tell_bots:
        deliver(world, chat, "edited_message", old)


def remove(world: World, chat: Chat, number: int) -> None:
    """The message is gone for everyone; bots are never told."""
    del chat.posts[number]
    if number in chat.pinned:
        chat.pinned.remove(number)
    world.events.add("deleted", world.number(chat), people_in(world, chat), message_id=number)


def people_in(world: World, chat: Chat) -> frozenset[int]:
    """The people who see what happens there."""
    return frozenset(user for user in chat.members() if user in world.people)


def bots_in(world: World, chat: Chat) -> list[Bot]:
    return [world.bots[user] for user in chat.members() if user in world.bots]


def deliver(world: World, chat: Chat, kind: str, posted: Post) -> None:
    """Give the message to every bot in the chat that may read it, save its sender."""
    for bot in bots_in(world, chat):
        if bot.id != posted.sender and may_read(chat, bot, posted.message):
            bot.inbox.add(kind, posted.message, chat.id)


def may_read(chat: Chat, bot: Bot, message: Object) -> bool:
    """Privacy mode: commands, mentions, replies to the bot and service messages; admins read all."""
    if message["from"]["is_bot"]:
        return False
    if chat.is_private or chat.is_admin(bot.id) or chat.open_to.get(bot.id):
        return True
    if any(word in message for word in _SERVICE):
        return True
    replied = message.get("reply_to_message", {})
    if replied.get("from", {}).get("id") == bot.id and not any(word in replied for word in _SERVICE):
        return True
    return _meant_for(chat, bot, message)


def _meant_for(chat: Chat, bot: Bot, message: Object) -> bool:
    text = message.get("text") or message.get("caption") or ""
    name = f"@{bot.user['username']}".lower()
    for entity in message.get("entities") or message.get("caption_entities") or ():
        word = cut(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "bot_command" and entity["offset"] == 0 and "@" not in word:
            # Without a name a command goes to the bot that wrote last, or to all while none has.
            return chat.last_bot in (0, bot.id)
        if entity["type"] in ("bot_command", "mention") and word.endswith(name):
            return True
    return False
