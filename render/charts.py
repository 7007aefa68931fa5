"""The picture behind a digest: what it shows in words, and drawing it.

What is drawn is kept as text until it is sent, so the database holds no pictures. Matplotlib takes half a second and 60 MB, and is
loaded by whoever draws first.
"""

import json
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from protection.small_numbers import Audience
from records.digest import Chart, Picture
from records.places import Gazetteer
from records.question import Totals, added
from render import html
from render.catalogue import Words
from render.countries import home_first
from render.counts import figure, tally, total
from render.html import Html

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE: Final = (8.0, 5.6)
DOTS: Final = 100
"""In an inch: 800 by 560 dots. A phone shows them half as wide, so the smallest type is 17 dots high there."""
NO_BREAK: Final = "\u00a0"
LINE_LENGTH: Final = 38
"""Letters of the title that fit beside each other."""
ROOM: Final = 1.15
"""How much higher than the highest bar the field is, so that its number stands within."""
TURNED: Final = 1.4
"""The same for numbers that run upwards."""
BESIDE: Final = 6
"""Signs that the numbers of two neighbours may have together."""
ALL, CHILDREN, INK, PAPER, LINE = "#7fb0d6", "#1f5c8b", "#222222", "#ffffff", "#bbbbbb"
"""A paper of its own, so that it reads the same on dark screens; the blues differ in brightness, for whoever sees no colours."""
_MARKS = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
"""What tells directions in messages; fonts have no shapes for it."""


def picture(chart: Chart, words: Words, places: Gazetteer, audience: Audience, country: str) -> Picture | None:
    """The picture with a caption that says all it shows, for whoever can't see it; None if there is nobody to draw.

    Of several countries' citizens it shows those of the team's `country`, or of the first: their returns are never one sum.
    """
    shown, *others = home_first(chart.bars, country)
    everybody = added(totals for _, totals in chart.bars[shown])
    bars = [
        (_named(day, chart.grain, words), *_heights(totals, audience), _number(totals, words, audience))
        for day, totals in chart.bars[shown]
    ]
    if not any(people for _, people, _, _ in bars):
        return None
    title = words.say(f"chart.{chart.grain}", what=tally(chart.kind, everybody, words, audience))
    whose = html.escape(places.name(shown, words.language)) if others or shown not in {"", country} else Html()
    told = words.listed([_together(words.say("chart.bar", name=name, n=n)) for name, people, _, n in bars if people])
    caption = html.lines(
        html.bold(title),
        whose,
        told,
        _children(everybody, words, audience),
        words.say("chart.others") if others else Html(),
    )
    drawing = {
        "title": _plain(html.join("\n", [one for one in (title, whose) if one])),
        "rtl": words.rtl,
        "children": _plain(words.title("fields", "children")),
        "bars": [(_plain(name), people, children, _plain(n)) for name, people, children, n in bars],
    }
    return Picture(caption, json.dumps(drawing, ensure_ascii=False))


def _together(bar: Html) -> Html:
    """A day and its number are never on two lines."""
    return Html(bar.replace(" ", NO_BREAK))


def _named(day: date, grain: str, words: Words) -> Html:
    return words.month_short(day) if grain == "month" else words.shortest_day(day)


def _heights(totals: Totals, audience: Audience) -> tuple[int, int]:
    """A bar's people and the children among them; a small number is drawn as high as the least that is told, few children not."""
    people, children = (audience.shown(total(totals.cells, name)) for name in ("people", "children"))
    return people.number, 0 if children.below else min(children.number, people.number)


def _number(totals: Totals, words: Words, audience: Audience) -> Html:
    return figure(total(totals.cells), words, audience, approx=totals.approx)


def _children(totals: Totals, words: Words, audience: Audience) -> Html:
    children = total(totals.cells, "children")
    return (
        words.say("chart.children", n=figure(children, words, audience, approx=totals.approx)) if children else Html()
    )


def _plain(text: Html) -> str:
    return _MARKS.sub("", html.plain(text))


@lru_cache(8)
def draw(drawing: str) -> bytes:
    """The picture as PNG. Takes a while: for a thread beside the loop, one at a time."""
    done = BytesIO()
    drawn(drawing).savefig(done, format="png")
    return done.getvalue()


def drawn(drawing: str) -> "Figure":
    """The picture, ready to be written."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - heavy
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    given = json.loads(drawing)
    image = Figure(figsize=SIZE, dpi=DOTS, facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(image)
    field = image.add_subplot(facecolor=PAPER)
    names, *bars = zip(*given["bars"], strict=True)
    _bars(field, *bars)
    if given["rtl"]:
        field.invert_xaxis()
    if any(bars[1]):
        under: Literal["outside lower right", "outside lower left"]
        under = "outside lower right" if given["rtl"] else "outside lower left"
        within = Patch(color=CHILDREN, label=given["children"])
        image.legend(handles=[within], frameon=False, fontsize=17, labelcolor=INK, loc=under)
    title = "\n".join(textwrap.fill(one, LINE_LENGTH) for one in given["title"].split("\n"))
    field.set_title(title, fontsize=21, color=INK, pad=14)
    field.set_xticks(range(len(names)), names, rotation=45, ha="right", rotation_mode="anchor", fontsize=16, color=INK)
    field.set_yticks([])
    field.tick_params(length=0)
    field.spines[["top", "left", "right"]].set_visible(False)
    field.spines["bottom"].set_color(LINE)
    return image


def _bars(field: "Axes", people: Sequence[int], children: Sequence[int], numbers: Sequence[str]) -> None:
    """The bars, the children within, and their numbers above; numbers that would touch run upwards."""
    at, crowded = range(len(people)), _crowded(people, numbers)
    field.bar(at, people, width=0.75, color=ALL)
    field.bar(at, children, width=0.75, color=CHILDREN)
    field.set_ylim(0, max(people) * (TURNED if crowded else ROOM))
    for place, high, number in zip(at, people, numbers, strict=True):
        if high:
            turned = 90 if crowded else 0
            field.text(place, high, f" {number} ", ha="center", va="bottom", fontsize=17, color=INK, rotation=turned)


def _crowded(people: Sequence[int], numbers: Sequence[str]) -> bool:
    """Whether the numbers of two bars side by side would touch."""
    wide = [len(number) if high else 0 for high, number in zip(people, numbers, strict=True)]
    return any(one and other and one + other > BESIDE for one, other in pairwise(wide))
