"""One call of one method, and the questions every method asks: which chat, which message, what is it saying."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.files import Upload
from sandbox.refusals import RefusedError, bad, forbidden, not_built
from sandbox.shapes import Object
from sandbox.world import Bot, Chat, Post, World

# Parameters Telegram has and the sandbox hasn't: better a clear no than a wrong yes.
_NOT_BUILT = (
    "business_connection_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "message_effect_id",
    "inline_message_id",
    "video_start_timestamp",
)


@dataclass(slots=True)
class Call:
    """A call whose parameters have passed the oracle."""

    world: World
    bot: Bot
    method: str
    given: Object
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def refuse_unbuilt(self) -> None:
        for name in _NOT_BUILT:
            if name in self.given:
                raise not_built(f"{name} of {self.method}")

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat the bot means, which it must be able to see."""
        wanted = self.given[name]
        chat = self._find(wanted) if type(wanted) is int else None
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to is not None:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise bad("group chat was upgraded to a supergroup chat", moved)
        return chat

    def _find(self, number: int) -> Chat | None:
        if number < 0:
            chat = self.world.groups.get(number)
            # A group the bot was never in doesn't exist for it.
            return chat if chat and self.bot.id in chat.statuses else None
        person = self.world.people.get(number)
        return self.world.private_chat(person, self.bot) if person else None

    def writable(self) -> Chat:
        """The chat, in which the bot must be allowed to write."""
        chat = self.chat()
        refusal = refusal_to_write(chat, self.bot)
        if refusal:
            raise refusal
        return chat

    def post(self, chat: Chat, missing: str) -> Post:
        """The message the bot means; `missing` is what Telegram says when there is none."""
        number = self.given.get("message_id")
        if not number:
            raise bad("message identifier is not specified")
        found = chat.posts.get(number)
        if found is None:
            raise bad(missing)
        return found


def refusal_to_write(chat: Chat, bot: Bot) -> RefusedError | None:
    """Why the bot may not write there, or None."""
    if chat.is_private:
        if chat.person and bot.id in chat.person.blocked:
            return forbidden("bot was blocked by the user")
        return None if chat.begun else forbidden("bot can't initiate conversation with a user")
    if chat.holds(bot.id):
        return None
    kicked = chat.statuses.get(bot.id) == "kicked"
    return forbidden(
        f"bot was kicked from the {chat.type} chat" if kicked else f"bot is not a member of the {chat.type} chat"
    )
