"""Which family takes a command, and which a press."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from telegram import Bot

from handlers import (
    contesting,
    correcting,
    counting,
    delivering,
    digesting,
    doubting,
    exporting,
    filling,
    forms,
    importing,
    inviting,
    leaving,
    linking,
    looking,
    posting,
    reading,
    reminding,
    rescheduling,
    siting,
    speaking,
    starting,
    teaming,
)
from handlers.ask import Ask, Press, Reply
from handlers.house import House
from records.kind import Kind

Family: TypeAlias = Callable[[House, Ask], Awaitable[Reply]]
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
    "j:": delivering.turned,
    "z:": leaving.pressed,
    "w:": siting.pressed,
    "i:": importing.pressed,
}
"""Who takes a press, by how what it gives back begins; the cards' own take all others."""


def families(kinds: Sequence[Kind], bot: Bot) -> Mapping[str, Family]:
    """Who takes each command, by its name."""
    return {
        **{kind.name: partial(posting.posted, kind=kind, form=forms.opened) for kind in kinds},
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
        "export": exporting.Exports(bot).export,
        "import": importing.Imports(bot).imported,
        "digest": digesting.digest,
        "invite": partial(inviting.invite, bot=bot),
        "team": partial(teaming.listed, bot=bot),
        "sites": siting.sites,
        "link": linking.link,
        "unlink": linking.unlink,
        "language": speaking.language,
        "privacy": leaving.privacy,
        "forget_me": leaving.forget_me,
        "help": starting.helped,
        "start": starting.start,
    }
