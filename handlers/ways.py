"""The way back to whoever said or pressed something, taken out of Telegram's classes."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from handlers import attached
from handlers.ask import Way
from handlers.house import House


def of_message(house: House, update: int, message: Message) -> Way:
    """The way back to whoever wrote the message."""
    private = message.chat.type == "private"
    code = message.from_user.language_code if message.from_user and private else None
    return Way(
        update=update,
        chat=message.chat_id,
        thread=message.message_thread_id if message.is_topic_message else None,
        private=private,
        who=message.from_user.id if message.from_user else 0,
        message=message.message_id,
        language=house.tongues.spoken(message.chat_id, code),
        edited=message.edit_date is not None,
        unread=attached.unread(message),
        table=message.document is not None,
        album=message.media_group_id or "",
    )


def of_press(house: House, update: int, query: CallbackQuery, message: MaybeInaccessibleMessage) -> Way:
    """The way back to whoever pressed a button under the message, of which Telegram tells next to nothing once it is old."""
    private = message.chat.type == "private"
    return Way(
        update=update,
        chat=message.chat.id,
        thread=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
        private=private,
        who=query.from_user.id,
        message=message.message_id,
        language=house.tongues.spoken(message.chat.id, query.from_user.language_code if private else None),
        query=query.id,
    )


def to_desk(message: Message) -> bool:
    """Whether it replies to a message of the desk."""
    told = message.reply_to_message and message.reply_to_message.from_user
    return told is not None and told.id == message.get_bot().id
