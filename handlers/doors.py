"""The doors themselves: what python-telegram-bot calls for an update, and which family of commands takes it from there."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from telegram import Bot, Message, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from desk.rights import Denied
from handlers import (
    attached,
    chats,
    correcting,
    doubting,
    fetching,
    forms,
    importing,
    inviting,
    moving,
    posting,
    presses,
    renewing,
    starting,
    teaming,
    unkept,
    ways,
)
from handlers.ask import Ask, Press, Reply, Way
from handlers.families import BUTTONS, families
from handlers.gate import Gate
from handlers.greeting import Greeting
from handlers.guard import TOLD_AGAIN, Guard, Ruling
from handlers.house import House
from handlers.lately import Lately
from handlers.rights import Refusals, demand
from handlers.sending import send
from records.command import Command, envelope
from records.commands import command_named
from records.fold import tidy
from records.rights import BUTTONS as ACTS
from render import answers
from render.linking import not_linked
from storage import inbox

Context: TypeAlias = CallbackContext[ExtBot[None], Any, Any, Any]
App: TypeAlias = Application[ExtBot[str], Context, Any, Any, Any, None]


class Unreadable(Exception):  # noqa: N818  (Telegram's doing)
    """The update isn't of the shape its type has, and won't be when it is tried again."""


@dataclass(slots=True)
class Course:
    """What became of an update in the hands of python-telegram-bot, which swallows what a handler raises and gives nothing back."""

    failed: Exception | None = None
    closed: bool = False


COURSE: ContextVar[Course] = ContextVar("course")
"""The course of the update that is being processed: handlers leave word here."""


class Doors:
    """Sees updates of the inbox through: each is ruled on by the guard, taken up by its family, answered and closed."""

    def __init__(self, house: House, application: App) -> None:
        """Hangs the doors into the application."""
        self._house = house
        self._application = application
        self._guard = Guard()
        self._refusals = Refusals(house)
        self._welcome = inviting.Welcome(house, self._refusals)
        self._unlinked_told = Lately(TOLD_AGAIN)
        self._gate = Gate(house, application.bot)
        self._greeting = Greeting(house)
        self._families = families(house.kinds, application.bot)
        messages = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POST
        application.add_handler(MessageHandler(messages, self._message))
        application.add_handler(CallbackQueryHandler(self._press))
        application.add_handler(ChatMemberHandler(self._member, ChatMemberHandler.ANY_CHAT_MEMBER))
        application.add_error_handler(_kept)

    async def process(self, row: inbox.Row) -> bool:
        """Does what an update asks and answers it, or only answers it if it was done before a crash; whether it closed the row.

        Raises what failed.
        """
        payload = json.loads(row.payload)
        if row.state == "owed":
            route = Way(**payload["route"])
            way = replace(route, role=await self._house.role(route.who))
            reply = await attached.asking(self._house, way, await self._owed(way, payload))
            await self._sent(self._application.bot, way, reply)
            return True
        course = Course()
        COURSE.set(course)
        await self._application.process_update(self._shaped(payload))
        if course.failed:
            raise course.failed
        return course.closed

    def _shaped(self, payload: dict[str, Any]) -> Update:
        """The update as python-telegram-bot has it. Raises Unreadable."""
        try:
            return Update.de_json(payload, self._application.bot)
        except Exception as error:
            raise Unreadable from error

    async def _owed(self, way: Way, owed: Mapping[str, Any]) -> Reply:
        """The answer to what was done before a crash: a form as it stands, or an entry's card; nothing to who has left since."""
        if way.role is None:
            return Reply(None)
        if "import" in owed:
            return await importing.owed(self._house, way, owed["import"])
        if "draft" in owed:
            return await forms.owed(self._house, way, owed["draft"])
        contested = tuple(owed.get("contested", ()))
        return await posting.as_it_is(self._house, way, owed["entry"], changed=owed["changed"], contested=contested)

    async def _message(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if (
            message is None
            or self._gate.presence.noticed(message)
            or await chats.noticed(self._house, context.bot, message)
        ):
            return
        why = unkept.why(update)
        said = envelope(message.text or message.caption or "", context.bot.username, self._families)
        asked = bool(said) or ways.to_desk(message) or (why is not None and why.command)
        way = await self._gate.ranked(ways.of_message(self._house, update.update_id, message), asked=asked)
        reply: Reply | None
        if unkept.hurried(update):
            reply = unkept.wait(self._house, way)
        elif why is not None:
            reply = await self._refused(message, way, why)
        else:
            way = attached.looked_into(way, said)
            heard = way.role is not None and way.linked
            way = replace(way, apart=heard and moving.told_apart(self._house, message, context.bot.username))
            reply = await self._ruled(message, way, said)
        if reply is not None:
            await self._send(context, way, reply)

    async def _ruled(self, message: Message, way: Way, said: "tuple[Command, ...]") -> Reply | None:
        """What a message is answered with; None is silence."""
        words = self._house.speak(way.language)
        reply: Reply | None
        if way.role is None and (followed := inviting.link_followed(message, way, said)) is not None:
            return await self._welcome.followed(followed)
        match self._guard.rule(message, way, self._house.now(), command=bool(said)):
            case Ruling.SILENCE:
                return None
            case Ruling.STRANGER:
                await self._refusals.note(way, "meet")
                return Reply(answers.stranger(way.who, words))
            case Ruling.MAY:
                await self._greeting.greet(way)
                reply = await self._unless_denied(message, way, said)
            case Ruling.NOT_LINKED:
                reply = await self._unlinked(message, way, said)
            case refused:
                reply = Reply(answers.turned_away(refused.name.lower(), words))
        return await attached.asking(self._house, way, reply) if reply is not None else None

    async def _refused(self, message: Message, way: Way, why: unkept.Why) -> Reply | None:
        """What a message is answered with that told of one person, so that nothing was kept of it."""
        match self._guard.rule(message, way, self._house.now(), command=why.command):
            case Ruling.SILENCE:
                return None
            case Ruling.STRANGER:
                await self._refusals.note(way, "meet")
                return Reply(answers.stranger(way.who, self._house.speak(way.language)))
            case Ruling.NOT_LINKED:
                return await self._unlinked(message, way, ())
            case _:
                return await unkept.refused(self._house, message, way, why)

    async def _unlinked(self, message: Message, way: Way, said: "tuple[Command, ...]") -> Reply | None:
        """In a group that isn't the team's nothing is done but making it so, which is said once a day."""
        if [one.name for one in said] == ["link"]:
            return await self._unless_denied(message, way, said)
        if not self._unlinked_told.once_more(way.chat, self._house.now()):
            return None
        return Reply(not_linked(self._house.speak(way.language)))

    async def _unless_denied(self, message: Message, way: Way, said: "tuple[Command, ...]") -> Reply | None:
        try:
            return await self._answered(message, way, said)
        except Denied as no:
            return await self._refusals.answer(way, no.act)

    async def _answered(self, message: Message, way: Way, said: "tuple[Command, ...]") -> Reply | None:
        words = self._house.speak(way.language)
        for explained in (posting.lost, correcting.acted) if way.edited else ():
            if (told := await explained(self._house, way, said)) is not None:
                return told
        replied = message.reply_to_message.message_id if message.reply_to_message else None
        if not said:
            return await self._plain(message, way, replied)
        if len(said) > 1:
            return Reply(answers.several([one.text for one in said], words))
        command = said[0]
        family = self._families.get(command.name)
        ask = Ask(way, message.date, command.name, command.rest, replied, fetching.sent(message))
        if family is None:
            return starting.mistyped(self._house, ask, addressed=way.private or command.addressed)
        known = command_named(command.name, self._house.commands)
        demand(way, known.act if known is not None else "")
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
            return correcting.astray(self._house, ask) if ways.to_desk(message) else None
        if way.unread:
            return Reply(None)
        return Reply(answers.turned_away("no_command", self._house.speak(way.language)))

    async def _member(self, update: Update, context: Context) -> None:
        del context
        if update.chat_member is not None:
            self._gate.presence.changed(update.chat_member)
        if update.my_chat_member is not None:
            await chats.let_in(self._house, update.my_chat_member)

    async def _press(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None or query.message is None or query.data is None:
            return
        way = await self._gate.ranked(ways.of_press(self._house, update.update_id, query, query.message), asked=True)
        told = unkept.wait(self._house, way) if unkept.hurried(update) else None
        await self._send(context, way, told or await self._pressed(Press(way, query.data)))

    async def _pressed(self, press: Press) -> Reply:
        """What a press leads to, if whoever presses may; what the button is about is not looked at before."""
        way, words = press.way, self._house.speak(press.way.language)
        if way.role is None or not way.linked:
            await self._refusals.note(way, "meet")
            return Reply(None, toast=words.text("press.not_yours"))
        begins = press.data[:2]
        if begins not in ACTS:
            return Reply(None, toast=words.text("press.unknown"))
        try:
            demand(way, ACTS[begins])
            if begins == "u:":
                return await teaming.pressed(self._house, press, self._application.bot)
            return await BUTTONS.get(begins, presses.pressed)(self._house, press)
        except Denied as no:
            return await self._refusals.answer(way, no.act)

    async def _send(self, context: Context, way: Way, reply: Reply) -> None:
        await self._sent(context.bot, way, reply)
        COURSE.get().closed = True

    async def _sent(self, bot: Bot, way: Way, reply: Reply) -> None:
        """Answers and closes the update, then sees to the other cards."""
        reply = await moving.moved(bot, self._house, way, reply) if way.apart else reply
        shown = await send(bot, self._house, way, await doubting.with_question(self._house, way, reply))
        await renewing.elsewhere(bot, self._house, way, reply, shown)


async def _kept(update: object, context: Context) -> None:
    """Keeps what a handler raised for `process`."""
    del update
    if isinstance(context.error, Exception):
        COURSE.get().failed = context.error
