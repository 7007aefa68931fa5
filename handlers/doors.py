"""The doors themselves: what python-telegram-bot calls for an update, and which family of commands takes it from there."""

import json
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from digests import schedules
from handlers import (
    attached,
    chats,
    contesting,
    correcting,
    counting,
    digesting,
    doubting,
    filling,
    forms,
    leaving,
    looking,
    posting,
    presses,
    reading,
    reminding,
    renewing,
    rescheduling,
    speaking,
    starting,
)
from handlers.ask import Ask, Press, Reply, Way
from handlers.guard import Guard, Ruling
from handlers.house import House
from handlers.sending import send
from records.command import Command, envelope
from records.fold import tidy
from render import answers
from storage import inbox

Context: TypeAlias = CallbackContext[ExtBot[None], Any, Any, Any]
App: TypeAlias = Application[ExtBot[str], Context, Any, Any, Any, None]
Family: TypeAlias = Callable[[House, Ask], Awaitable[Reply]]


@dataclass(slots=True)
class Course:
    """What became of an update in the hands of python-telegram-bot, which swallows what a handler raises and gives nothing back."""

    failed: Exception | None = None
    closed: bool = False


COURSE: ContextVar[Course] = ContextVar("course")
"""The course of the update that is being processed: handlers leave word here."""
BUTTONS: Mapping[str, Callable[[House, Press], Awaitable[Reply]]] = {
    "l:": reading.turned,
    "g:": speaking.pressed,
    "k:": contesting.pressed,
    "m:": contesting.pressed,
    "d:": doubting.pressed,
    "q:": looking.turned,
    "t:": filling.pressed,
    "f:": forms.pressed,
    "n:": rescheduling.pressed,
    "a:": reminding.pressed,
    "z:": leaving.pressed,
}
"""Who takes a press, by how what it gives back begins; the cards' own take all others."""


class Doors:
    """Sees updates of the inbox through: each is ruled on by the guard, taken up by its family, answered and closed."""

    def __init__(self, house: House, application: App) -> None:
        """Hangs the doors into the application."""
        self._house = house
        self._application = application
        self._guard = Guard(house.team.owners)
        self._greeted: set[int] = set()
        self._families: Mapping[str, Family] = {
            **{kind.name: partial(posting.posted, kind=kind, form=forms.opened) for kind in house.kinds},
            "template": filling.template,
            "edit": correcting.edited,
            "figure": correcting.figured,
            "undo": correcting.undone,
            "withdraw": correcting.withdrawn,
            "restore": correcting.restored,
            "show": reading.show,
            "list": reading.listed,
            "find": looking.find,
            "history": reading.history,
            "stats": counting.stats,
            "digest": digesting.digest,
            "language": speaking.language,
            "privacy": leaving.privacy,
            "forget_me": leaving.forget_me,
            "help": starting.helped,
            "start": starting.start,
        }
        messages = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POST
        application.add_handler(MessageHandler(messages, self._message))
        application.add_handler(CallbackQueryHandler(self._press))
        application.add_handler(ChatMemberHandler(self._member, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(_kept)

    async def process(self, row: inbox.Row) -> bool:
        """Does what an update asks and answers it, or only answers it if it was done before a crash; whether it closed the row.

        Raises what failed.
        """
        payload = json.loads(row.payload)
        if row.state == "owed":
            way = Way(**payload["route"])
            reply = await attached.asking(self._house, way, await self._owed(way, payload))
            await self._sent(self._application.bot, way, reply)
            return True
        course = Course()
        COURSE.set(course)
        await self._application.process_update(Update.de_json(payload, self._application.bot))
        if course.failed:
            raise course.failed
        return course.closed

    async def _owed(self, way: Way, owed: Mapping[str, Any]) -> Reply:
        """The answer to what was done before a crash: a form as it stands, or an entry's card."""
        if "draft" in owed:
            return await forms.owed(self._house, way, owed["draft"])
        contested = tuple(owed.get("contested", ()))
        return await posting.as_it_is(self._house, way, owed["entry"], changed=owed["changed"], contested=contested)

    async def _message(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or await chats.noticed(self._house, message):
            return
        way = _way(self._house, update.update_id, message)
        reply = await self._ruled(message, way, context.bot.username)
        if reply is not None:
            await self._send(context, way, reply)

    async def _ruled(self, message: Message, way: Way, bot: str) -> Reply | None:
        """What a message is answered with; None is silence."""
        words = self._house.speak(way.language)
        said = envelope(message.text or message.caption or "", bot, self._families)
        reply: Reply | None
        match self._guard.rule(message, command=bool(said)):
            case Ruling.SILENCE:
                return None
            case Ruling.STRANGER:
                return Reply(answers.stranger(way.who, words))
            case Ruling.MAY:
                await self._greet(way)
                reply = await self._answered(message, way, said)
            case refused:
                reply = Reply(answers.turned_away(refused.name.lower(), words))
        return await attached.asking(self._house, way, reply) if reply is not None else None

    async def _answered(self, message: Message, way: Way, said: "tuple[Command, ...]") -> Reply | None:
        words = self._house.speak(way.language)
        if way.edited and (lost := await posting.lost(self._house, way, said)) is not None:
            return lost
        replied = message.reply_to_message.message_id if message.reply_to_message else None
        if not said:
            return await self._plain(message, way, replied)
        if len(said) > 1:
            return Reply(answers.several([one.text for one in said], words))
        command = said[0]
        family = self._families.get(command.name)
        ask = Ask(way, message.date, command.name, command.rest, replied)
        if family is None:
            return starting.mistyped(self._house, ask, addressed=way.private or command.addressed)
        return await family(self._house, ask)

    async def _plain(self, message: Message, way: Way, replied: int | None) -> Reply | None:
        """What plain words are answered with: a reply to a card corrects it, a form takes what is typed into it.

        A correction that was edited into other words is explained, in groups too.
        """
        ask = Ask(way, message.date, "edit", tidy(message.text or message.caption or "").strip(), replied)
        if (corrected := await correcting.replied(self._house, ask)) is not None:
            return corrected
        if message.text and message.forward_origin is None:
            typed = Ask(way, message.date, "", message.text)
            if (told := await forms.typed(self._house, typed, replied)) is not None:
                return told
        if way.edited and (lost := await correcting.lost(self._house, way)) is not None:
            return lost
        if not way.private:
            return correcting.astray(self._house, ask) if _to_desk(message) else None
        if way.unread:
            return Reply(None)
        return Reply(answers.turned_away("no_command", self._house.speak(way.language)))

    async def _greet(self, way: Way) -> None:
        """Turns the team's default digest on for an owner who writes in private, unless they ever set one themselves."""
        team = self._house.team
        if not way.private or team.digest is None or way.chat in self._greeted:
            return
        await self._house.door.change(
            schedules.ensure_default,
            team.id,
            way.chat,
            who=way.who,
            rule=team.digest,
            zone=team.zone.key,
            language=way.language,
            now=self._house.now(),
        )
        self._greeted.add(way.chat)

    async def _member(self, update: Update, context: Context) -> None:
        del context
        if update.my_chat_member is not None:
            await chats.let_in(self._house, update.my_chat_member)

    async def _press(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None or query.message is None or query.data is None:
            return
        way = _way_of_press(self._house, update.update_id, query, query.message)
        press = Press(way, query.data)
        if not self._guard.may(way.who):
            reply = Reply(None, toast=self._house.speak(way.language).text("press.not_yours"))
        else:
            family = BUTTONS.get(press.data[:2], presses.pressed)
            reply = await family(self._house, press)
        await self._send(context, way, reply)

    async def _send(self, context: Context, way: Way, reply: Reply) -> None:
        await self._sent(context.bot, way, reply)
        COURSE.get().closed = True

    async def _sent(self, bot: Bot, way: Way, reply: Reply) -> None:
        """Answers and closes the update, then sees to the other cards."""
        shown = await send(bot, self._house, way, await doubting.with_question(self._house, way, reply))
        await renewing.elsewhere(bot, self._house, way, reply, shown)


def _way(house: House, update: int, message: Message) -> Way:
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
        album=message.media_group_id or "",
    )


def _to_desk(message: Message) -> bool:
    """Whether it replies to a message of the desk."""
    told = message.reply_to_message and message.reply_to_message.from_user
    return told is not None and told.id == message.get_bot().id


def _way_of_press(house: House, update: int, query: CallbackQuery, message: MaybeInaccessibleMessage) -> Way:
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


async def _kept(update: object, context: Context) -> None:
    """Keeps what a handler raised for `process`."""
    del update
    if isinstance(context.error, Exception):
        COURSE.get().failed = context.error
