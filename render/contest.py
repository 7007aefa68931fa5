"""The question when two people changed the same field: what the other one made of it, what the message says."""

from collections.abc import Sequence

from records.answer import Answer, Button
from records.contest import marked
from records.entry import Entry
from records.kind import Kind
from records.places import Gazetteer
from render import counts, html
from render.catalogue import Words
from render.values import value


def contest(
    entry: Entry, kind: Kind, fields: Sequence[str], words: Words, places: Gazetteer, *, private: bool = False
) -> Answer:
    """Those fields as they are now and as the entry's message has them; restricted ones in private chats only.

    The buttons give "k:<id>:<revision>:<fields>" to keep what is, "m:…" to take what the message says.
    """
    hidden, now = counts.hidden_fields(kind, private=private), {"ref": entry.ref, **entry.values}
    told = [
        words.say(
            "contest.field",
            name=words.title("fields", name),
            theirs=value(kind.field(name), now.get(name), words, places),
            mine=value(kind.field(name), entry.said.get(name), words, places),
        )
        for name in fields
        if name not in hidden
    ]
    head = words.say("contest.head", ref=words.code(entry.ref))
    how = words.say("contest.how", history=words.code(f"/history {entry.ref}"))
    pressed = f"{entry.id}:{entry.revision}:{marked(kind, fields)}"
    buttons = Button(words.text("contest.theirs"), f"k:{pressed}"), Button(words.text("contest.mine"), f"m:{pressed}")
    return Answer(html.blocks(head, html.lines(*told), how), (buttons,))
