"""Who is in a chat: joining, leaving, blocking, becoming a supergroup, and what bots are told of it."""

from sandbox.person import Person
from sandbox.posting import bots_in, people_in, post
from sandbox.shapes import Object, words
from sandbox.world import Bot, Chat, World

_RIGHTS = words("can_be_edited is_anonymous can_promote_members can_post_stories can_edit_stories can_delete_stories")
_ADMIN_RIGHTS = words(
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_change_info "
    "can_invite_users can_pin_messages"
)


def member(user: Object, status: str, *, forum: bool = False) -> Object:
    """Telegram's ChatMember."""
    told: Object = {"status": status, "user": user}
    if status == "creator":
        told["is_anonymous"] = False
    elif status == "administrator":
        told |= dict.fromkeys(_RIGHTS, False) | dict.fromkeys(_ADMIN_RIGHTS, True) | {"can_manage_topics": forum}
    elif status == "kicked":
        told["until_date"] = 0
    return told


def change_status(world: World, chat: Chat, user: Object, status: str, by: Object) -> None:
    """The member's new status; a bot itself is always told, others only if they are admins and asked for it."""
    number = user["id"]
    old = chat.statuses.get(number, "left")
    if old == status:
        return
    chat.statuses[number] = status
    told: Object = {
        "chat": chat.told,
        "from": by,
        "date": world.clock.unix(),
        "old_chat_member": member(user, old, forum=chat.is_forum),
        "new_chat_member": member(user, status, forum=chat.is_forum),
    }
    if number in world.bots:
        world.bots[number].inbox.add("my_chat_member", told, chat.id)
    for bot in bots_in(world, chat):
        if bot.id != number and not chat.is_private and chat.is_admin(bot.id):
            bot.inbox.add("chat_member", told, chat.id)


def join(world: World, chat: Chat, users: list[Object], by: Object) -> None:
    """They are added by someone, and a service message says so."""
    new = [user for user in users if not chat.holds(user["id"])]
    for user in new:
        bot = world.bots.get(user["id"])
        if bot:
            chat.open_to[bot.id] = bot.reads_all
        change_status(world, chat, user, "member", by)
    for user in new:
        post(world, chat, by, {"new_chat_members": [user]})
    if new:
        tell_of(world, chat)


def leave(world: World, chat: Chat, user: Object, by: Object) -> None:
    """They leave, or are removed by someone else."""
    seen_by = people_in(world, chat)
    post(world, chat, by, {"left_chat_member": user})
    change_status(world, chat, user, "left" if user["id"] == by["id"] else "kicked", by)
    world.events.add("chat", chat.id, seen_by, view=world.view(chat))


def promote(world: World, chat: Chat, user: Object, by: Object, *, admin: bool) -> None:
    """Make a member an administrator, or an ordinary member again."""
    change_status(world, chat, user, "administrator" if admin else "member", by)
    tell_of(world, chat)


def block(world: World, person: Person, bot: Bot, *, blocked: bool) -> None:
    """In their private chat the bot becomes "kicked", as Telegram calls it, or a member again."""
    chat = world.private_chat(person, bot)
    if blocked:
        person.blocked.add(bot.id)
    else:
        person.blocked.discard(bot.id)
    change_status(world, chat, bot.user, "kicked" if blocked else "member", person.user)


def migrate(world: World, chat: Chat, by: Object) -> Chat:
    """A group becomes a supergroup with a new id; the old one only points to it."""
    new = world.add_group("supergroup", chat.title)
    new.statuses, new.open_to = dict(chat.statuses), dict(chat.open_to)
    post(world, chat, by, {"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    post(world, new, by, {"migrate_from_chat_id": chat.id})
    tell_of(world, chat)
    tell_of(world, new)
    return new


def tell_of(world: World, chat: Chat) -> None:
    """People learn what the chat looks like now."""
    world.events.add("chat", world.number(chat), people_in(world, chat), view=world.view(chat))
