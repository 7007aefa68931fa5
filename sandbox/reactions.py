"""Reactions: which there are, which a chat allows, and who learns of one."""

from sandbox import posting
from sandbox.refusals import MistakenError, bad
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
    emoji = _plain(emoji) if emoji else None
    if emoji and emoji not in (EMOJI if chat.reactions is None else chat.reactions):
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


def allow(world: World, chat: Chat, emoji: list[str] | None) -> None:
    """From now on only those may be given there; None: all. Those already given stay."""
    known = None if emoji is None else [_plain(one) for one in emoji]
    if chat.is_private or not EMOJI.issuperset(known or ()):
        raise MistakenError("a group allows some of Telegram's reactions, or null: all of them")
    chat.reactions = known
    world.events.add("chat", chat.id, posting.people_in(world, chat), view=world.view(chat))


def _plain(emoji: str) -> str:
    """Without the mark that asks for colour, which Telegram lets pass."""
    return emoji.replace("\ufe0f", "")


def _listed(emoji: str | None) -> list[Object]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _tell_people(world: World, chat: Chat, post: Post, user: int, emoji: str | None) -> None:
    seen_by = posting.people_in(world, chat)
    more = {"message_id": post.id, "user": user, "emoji": emoji, "reactions": post.reacted()}
    world.events.add("reaction", world.number(chat), seen_by, **more)
