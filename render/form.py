"""A form as it is shown: all its fields, one field with what fills it, the summary before it is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from records.answer import Answer, Button
from records.form import Draft, missing
from records.kind import Count, Field, Kind, Text, Values
from records.places import Gazetteer
from records.problem import Problem
from render import html, signs
from render.cards import in_rows, labelled
from render.catalogue import Words
from render.html import Html
from render.pads import BLANK, EARLIER, LATER, button, keyed_in, pad
from render.problems import MOST_TOLD, sentence
from render.values import value

PAGE: Final = 10
"""Fields on one page."""
ABREAST: Final = 3
"""Buttons in a row whose words a phone still shows whole."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was wrong with an answer, and the answer put right, if it can be."""

    problems: Sequence[Problem] = ()
    corrected: str = ""


NOTHING_WRONG: Final = Wrong()


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a form is drawn of; `fields` are those this chat is asked for."""

    draft: Draft
    kind: Kind
    fields: tuple[Field, ...]
    words: Words
    places: Gazetteer
    today: date
    private: bool

    def drawn(self, look: str = "", wrong: Wrong = NOTHING_WRONG, likely: Sequence[str] = (), page: int = 1) -> Answer:
        """The form as it stands: the open field if there is one, else that page of all fields."""
        field = next((one for one in self.fields if one.name == self.draft.field), None)
        return self._field(field, look, wrong, likely) if field else self._overview(page, wrong)

    def summary(self, values: Values | None, problems: Sequence[Problem]) -> Answer:
        """What would be posted, to be confirmed; None, with the problems, if it can't be posted yet."""
        head = self.words.say("form.summary" if values else "form.not_yet")
        text = html.blocks(
            self._head(), html.lines(*self._told(values or self.draft.values)), head, self._problems(Wrong(problems))
        )
        back = button(self.draft, self.words.say("form.back"), "p", "1")
        rows = [(button(self.draft, self.words.say("form.confirm"), "y"),)] if values else []
        return Answer(_fitting(text), (*rows, (back, self._cancel())))

    def _overview(self, page: int, wrong: Wrong) -> Answer:
        pages = -(-len(self.fields) // PAGE)
        page = min(max(page, 1), pages)
        needed = [self.words.label("fields", one.name) for one in missing(self.draft, self.fields)]
        text = html.blocks(
            self._head(),
            html.lines(*self._told(self.draft.values)),
            self._problems(wrong),
            html.lines(
                self.words.say("form.needed", fields=self.words.listed(needed))
                if needed
                else self.words.say("form.enough"),
                self.words.say("form.type" if self.private else "form.type_here"),
            ),
        )
        shown = self.fields[(page - 1) * PAGE : page * PAGE]
        last = (button(self.draft, self.words.say("form.done"), "d"), self._cancel())
        return Answer(_fitting(text), (*in_rows(map(self._opens, shown)), *self._turns(page, pages), last))

    def _opens(self, field: Field) -> Button:
        """A field's button: with its value, or marked if it is needed."""
        title = self.words.title("fields", field.name)
        given = self.draft.values.get(field.name)
        if given is not None:
            title = self.words.say("form.has", name=title, value=value(field, given, self.words, self.places))
        elif field.required:
            title = self.words.say("form.needs", name=title)
        return button(self.draft, html.plain(title), "o", field.name)

    def _turns(self, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
        if pages == 1:
            return ()
        at = self.words.say("form.page", page=page, pages=pages)
        return (
            (
                button(self.draft, EARLIER, "p", str(page - 1 or pages)),
                button(self.draft, html.plain(at), "p", str(page)),
                button(self.draft, LATER, "p", str(page % pages + 1)),
            ),
        )

    def _field(self, field: Field, look: str, wrong: Wrong, likely: Sequence[str]) -> Answer:
        draft, words = self.draft, self.words
        shape = field.shape
        given = draft.values.get(field.name)
        most = shape.most if isinstance(shape, Count | Text) else 0
        text = html.blocks(
            html.join(" · ", (self._head(), html.bold(words.title("fields", field.name)))),
            html.lines(*self._told(draft.values)),
            html.bold(words.name(keyed_in(look, most) or BLANK)) if isinstance(shape, Count) else Html(),
            self._problems(wrong),
            html.lines(
                words.say(f"hint.{type(shape).__name__.lower()}", most=most),
                words.say("form.type" if self.private else "form.type_here"),
            ),
        )
        rows = pad(draft, field, words, self.places, look=look, today=self.today, likely=likely)
        steps = [button(draft, words.say("form.back"), "b"), button(draft, words.say("form.skip"), "k")]
        if given is not None:
            steps.append(button(draft, words.say("form.empty"), "e"))
        return Answer(_fitting(text), (*rows, *_short_rows((*steps, self._cancel()))))

    def _cancel(self) -> Button:
        return button(self.draft, self.words.say("form.cancel"), "x")

    def _head(self) -> Html:
        title = self.words.say("form.head", kind=self.words.label("kinds", self.kind.name))
        return html.join(" ", (signs.of_kind(self.kind.name), title))

    def _told(self, values: Values) -> list[Html]:
        return [
            labelled(one.name, value(one, values[one.name], self.words, self.places), self.words)
            for one in self.fields
            if one.name in values
        ]

    def _problems(self, wrong: Wrong) -> Html:
        told = [sentence(one, self.words, self.kind) for one in wrong.problems[:MOST_TOLD]]
        if wrong.corrected:
            told += [self.words.say("refusal.corrected"), html.pre(html.clip(wrong.corrected, html.MOST // 4))]
        return html.lines(*told)


def closed(words: Words) -> Answer:
    """A form that is over: given up, replaced or forgotten."""
    return Answer(words.say("form.closed"))


def page_of(fields: Sequence[Field], name: str) -> int:
    """The page a field stands on, the first for none."""
    return next((at // PAGE + 1 for at, one in enumerate(fields) if one.name == name), 1)


def _short_rows(buttons: Sequence[Button]) -> Sequence[tuple[Button, ...]]:
    """Three buttons fit beside each other on a phone; of four the words would be cut."""
    return (tuple(buttons),) if len(buttons) <= ABREAST else in_rows(buttons)


def _fitting(text: Html) -> str:
    """Long notes may fill a message: then only their beginning is shown."""
    return text if html.length(text) <= html.MOST else html.escape(html.clip(html.plain(text), html.MOST))
