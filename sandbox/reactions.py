"""Reactions: which there are, and who learns of one."""

from sandbox import posting
from sandbox.refusals import bad
from sandbox.shapes import Object, words
from sandbox.world import Chat, Post, World

EMOJI = frozenset(
    words(
        "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 "
        "🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 "
        "🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
    )
)


def react(world: World, chat: Chat, post: Post, user: Object, emoji: str | None) -> None:
    """The user's reaction becomes that emoji, or none; admin bots that asked for it are told."""
    emoji = emoji.replace("\ufe0f", "") if emoji else None
    if emoji and emoji not in EMOJI:
        raise bad("REACTION_INVALID")
    old = post.reactions.get(user["id"])
    if old == emoji:
        return
    if emoji:
        post.reactions[user["id"]] = emoji
    else:
        del post.reactions[user["id"]]
    _tell_people(world, chat, post, user["id"], emoji)
    if user["is_bot"]:
        return
    told = {"chat": chat.told, "message_id": post.id, "user": user, "date": world.clock.unix()}
    told |= {"old_reaction": _listed(old), "new_reaction": _listed(emoji)}
    for bot in posting.bots_in(world, chat):
        if chat.is_private or chat.is_admin(bot.id):
            bot.inbox.add("message_reaction", told, chat.id)


def _listed(emoji: str | None) -> list[Object]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _tell_people(world: World, chat: Chat, post: Post, user: int, emoji: str | None) -> None:
    seen_by = posting.people_in(world, chat)
    everyone = [{"user": who, "emoji": what} for who, what in post.reactions.items()]
    more = {"message_id": post.id, "user": user, "emoji": emoji, "reactions": everyone}
    world.events.add("reaction", world.number(chat), seen_by, **more)
