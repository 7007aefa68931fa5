"""An entry's other cards, wherever they stand: brought up to date in place when it was changed, and nothing new is said.

A question what to make of a field that two people changed stays one, with buttons that fit.
"""

import asyncio
import logging
from itertools import islice
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from handlers.ask import Reply, Way
from handlers.doubting import with_question
from handlers.finding import may_show
from handlers.house import House
from handlers.posting import as_it_is
from handlers.sending import replaced
from records.contest import fields_marked
from records.entry import Entry
from records.rights import may
from storage import answers, entries, groups
from storage.answers import Card
from storage.door import Tx

log = logging.getLogger(__name__)

MOST: Final = 10
"""Cards of one entry that are kept up to date: two for a chat, and hardly any entry is shown in five."""
PATIENCE: Final = 5.0
"""Seconds this may keep the chat's next message waiting."""


async def elsewhere(bot: Bot, house: House, way: Way, reply: Reply, shown: frozenset[int]) -> None:
    """Brings the entry's cards up to date but for those `shown` there: of each chat the first, under its post, and the last.

    It comes when the answer has left and is closed: a card that can't be reached must not have anybody answered twice. One
    that stays behind explains itself when its button is pressed.
    """
    if not reply.revised or reply.entry is None:
        return
    try:
        async with asyncio.timeout(PATIENCE):
            await _until_true(bot, house, way, reply.entry, reply.revised, shown)
    except TimeoutError:
        log.info("some cards are not brought up to date: Telegram is slow")


async def _until_true(bot: Bot, house: House, way: Way, entry_id: int, revised: int, shown: frozenset[int]) -> None:
    """Somebody else may change the entry while its cards are drawn, and then the older drawing may arrive last."""
    drawn = 0
    while True:
        entry, cards = await house.door.read(_shown, house.team.id, entry_id)
        if entry is None or entry.revision == drawn:
            return
        drawn = entry.revision
        true = shown if drawn == revised else frozenset[int]()
        outdated = (one for one in cards if one.chat != way.chat or one.message not in true)
        await asyncio.gather(*(_renewed(bot, house, way, entry, one) for one in islice(outdated, MOST)))


def _shown(tx: Tx, team: int, entry_id: int) -> tuple[Entry | None, list[Card]]:
    entry = entries.by_id(tx, team, entry_id)
    return entry, answers.ends(answers.cards_of(tx, team, entry_id))


async def _renewed(bot: Bot, house: House, way: Way, entry: Entry, card: Card) -> None:
    private = card.chat > 0
    language = house.tongues.spoken(card.chat, card.language)
    who = card.chat if private else way.who
    there = Way(way.update, card.chat, None, private, who, card.message, language, role=await house.role(who))
    linked = private or await house.door.read(groups.linked, house.team.id, card.chat)
    if not linked or (private and not may(there.role, "look")) or not may_show(house, there, entry):
        return
    asked = _still_asked(house, entry, card)
    shown = await as_it_is(house, there, entry.id, changed=True, contested=asked)
    answer = (await with_question(house, there, shown)).answer
    if answer is None:
        return
    try:
        await replaced(bot, card.chat, card.message, answer)
    except TelegramError as error:
        log.info("a card is not brought up to date: %s", type(error).__name__)


def _still_asked(house: House, entry: Entry, card: Card) -> tuple[str, ...]:
    """The fields that the message asks about and of which the entry and its own message still say different things."""
    if not card.asks or entry.withdrawn is not None:
        return ()
    now = {"ref": entry.ref, **entry.values}
    fields = fields_marked(house.kind(entry.kind), card.asks)
    return tuple(one for one in fields if now.get(one) != entry.said.get(one))
