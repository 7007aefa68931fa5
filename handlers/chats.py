"""What happens to a chat itself: it goes on under another id, lets the desk in again, opens a topic again."""

from telegram import Bot, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from handlers import menus
from handlers.house import House
from storage import moves

INSIDE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


async def noticed(house: House, bot: Bot, message: Message) -> bool:
    """Whether a message only says what happened to its chat, which is seen to with that."""
    chat = message.chat_id
    if message.migrate_to_chat_id:
        await moved(house, bot, chat, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await moved(house, bot, message.migrate_from_chat_id, chat)
    elif message.forum_topic_reopened:
        await back(house, chat, message.message_thread_id or 0)
    else:
        return False
    return True


async def moved(house: House, bot: Bot, old: int, new: int) -> None:
    """A group became a supergroup: its digests, its language and its menu go along."""
    await house.door.change(moves.move, old, new)
    house.tongues.move(old, new)
    await menus.offered_anew(bot, house, new)


async def back(house: House, chat: int, thread: int = 0) -> int:
    """Digests that were paused because the chat took none go on where they were, with one for all that was missed; how many."""
    return await house.door.change(moves.resume, house.team.id, chat, thread)


async def let_in(house: House, change: ChatMemberUpdated) -> None:
    """The desk itself was blocked or unblocked, put out or added, allowed to speak or not."""
    now = change.new_chat_member
    if now.status in INSIDE or (isinstance(now, ChatMemberRestricted) and now.is_member and now.can_send_messages):
        await back(house, change.chat.id)
