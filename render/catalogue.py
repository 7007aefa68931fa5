"""Words of one language: sentences from its catalogue, field words from the vocabulary, numbers and days as it writes them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from records.vocabulary import Vocabulary
from render import html
from render.html import Html

_LATIN = re.compile(
    r"<code>.*?</code>|(?<![<\w])/[a-z_]+(?: [a-z]+)*|\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)?", re.DOTALL
)
"""What runs from left to right inside a sentence whatever the language: examples (of several lines the first, where the command
stands), the names of commands, days in digits."""
RIGHT_TO_LEFT = "\u200f"
"""In front of a line it says how the line runs, whatever it begins with."""
LOCALES = Path(__file__).with_name("locale")
FALLBACK = "en"
REMEMBERED = 4_096
"""Numbers and days kept as they are written: few differ, and Babel spends a third of a card on writing them anew."""
_HOLE = "\ue000"
"""Stands for a number while the words around it are escaped."""


@cache
def languages() -> tuple[str, ...]:
    """The languages there is a catalogue for."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.po")))


@cache
def sentences(language: str) -> GNUTranslations:
    """The catalogue of a language, English standing in where a sentence is missing."""
    chosen = language if language in languages() else FALLBACK
    with (LOCALES / f"{chosen}.po").open("rb") as source:
        catalogue = read_po(source, locale=chosen, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    loaded = GNUTranslations(compiled)
    if chosen != FALLBACK:
        loaded.add_fallback(sentences(FALLBACK))
    return loaded


@lru_cache(REMEMBERED)
def _number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)


@lru_cache(REMEMBERED)
def _date(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


class Words:
    """Everything a page needs to speak one language to readers in one time zone."""

    def __init__(self, language: str, vocabulary: Vocabulary, zone: ZoneInfo) -> None:
        """A language without a catalogue is spoken in English."""
        self.language = language if language in languages() else FALLBACK
        self.zone = zone
        self.vocabulary = vocabulary
        self.rtl = Locale.parse(self.language).text_direction == "rtl"
        self._sentences = sentences(self.language)
        self._territories = Locale.parse(self.language).territories
        self._days = self._sentences.gettext("pattern.locale")

    def say(self, key: str, /, **values: str | int | date) -> Html:
        """The sentence of that key with its values filled in, escaped unless they are Html; KeyError if no language has it."""
        return self._filled(key, self._sentences.gettext(key), values)

    def say_n(self, key: str, n: int, /, **values: str | int | date) -> Html:
        """The sentence in the plural form of `n`; `{n}` is the number as written here, unless `values` hold another."""
        return self._filled(key, self._sentences.ngettext(key, key, n), {"n": n, **values})

    def text(self, key: str, /, **values: str | int | date) -> str:
        """The sentence of that key as plain text, for buttons and the lines that pop up."""
        return html.plain(self.say(key, **values))

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._sentences.gettext(key) != key

    def _filled(self, key: str, sentence: str, values: dict[str, str | int | date]) -> Html:
        if sentence == key:
            raise KeyError(key)
        if self.rtl:
            begins = RIGHT_TO_LEFT if sentence.startswith("<code>") else ""
            sentence = begins + _LATIN.sub(_isolated, sentence).replace("\n", f"\n{RIGHT_TO_LEFT}")
        return Html(sentence.format_map({name: self._shown(value) for name, value in values.items()}))

    def _shown(self, value: str | int | date) -> Html:
        if isinstance(value, str):
            return value if isinstance(value, Html) else self.name(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        return self.number(value)

    def label(self, *path: str) -> Html:
        """The word for a field, a choice or a kind, as in `label("fields", "date")`."""
        return html.escape(self.vocabulary.label(self.language, *path))

    def title(self, *path: str) -> Html:
        """The same with a capital, as a line begins."""
        return capital(self.label(*path))

    def country(self, code: str) -> Html:
        """A country's name by its ISO 3166 code; the code itself if there is no such country."""
        return self.name(self._territories.get(code, code))

    def name(self, text: str) -> Html:
        """A word that isn't of this language perhaps: a place, a note, a person's own words.

        Readers' programs take a line's direction from its first letter and look past what is isolated: the mark in front keeps
        a line of names alone, such as a route with its arrow, from being turned round.
        """
        isolated = html.isolated(text, rtl=self.rtl)
        return Html(RIGHT_TO_LEFT + isolated) if self.rtl and isolated else isolated

    def code(self, text: str) -> Html:
        """A reference or command inside a sentence, kept from being reordered."""
        marked = html.code(text)
        return Html(f"\u2068{marked}\u2069") if self.rtl else marked

    def number(self, number: int) -> Html:
        """1,234 as this language writes it."""
        return html.escape(_number(number, self.language))

    def signed(self, number: int, size: Html | None = None) -> Html:
        """+12, −3 or ±0; `size` is the number without its sign where it is to be written in a way of its own."""
        sign = "+" if number > 0 else "−" if number < 0 else "±"
        return html.isolated(html.join("", (sign, size or self.number(abs(number)))), rtl=self.rtl)

    def people(self, kind: str, n: int, written: Html) -> Html:
        """What a kind calls the people it counts, in the plural form of `n`: 231 people returned, 12 attendances."""
        return self._counted("people", kind, n, written)

    def entries(self, kind: str, n: int, written: Html | None = None) -> Html:
        """So many of a kind: 3 flights."""
        return self._counted("count", kind, n, self.number(n) if written is None else written)

    def things(self, kind: str) -> Html:
        """The name of a kind where there are many of it, or none: flights."""
        return html.escape(self._counted("count", kind, 0, Html()).strip())

    def _counted(self, form: str, kind: str, n: int, written: Html) -> Html:
        sentence = html.escape(self.vocabulary.plural(self.language, form, kind, n, _HOLE))
        return Html(sentence.replace(_HOLE, written))

    def day(self, day: date) -> Html:
        """9 May 2019."""
        return self._day("pattern.day", day)

    def weekday(self, day: date) -> Html:
        """Thursday, 9 May 2019."""
        return self._day("pattern.weekday", day)

    def day_name(self, weekday: int) -> Html:
        """Monday, by its number from 1, as it stands inside of a sentence."""
        return html.escape(_date(date(2024, 1, weekday), "EEEE", self.language))  # a month that began on a Monday

    def weekday_short(self, day: date) -> Html:
        """Th, as a calendar's columns are headed."""
        return self._day("pattern.weekday_short", day)

    def short_day(self, day: date, today: date | None = None) -> Html:
        """Thu 9 May, with the year unless it is today's."""
        return self._day("pattern.short" if today and today.year == day.year else "pattern.short_year", day)

    def shortest_day(self, day: date) -> Html:
        """9 May, as it fits a third of a row of buttons."""
        return self._day("pattern.shortest", day)

    def month(self, day: date) -> Html:
        """May 2019."""
        return self._day("pattern.month", day)

    def month_short(self, day: date) -> Html:
        """May 2019, as it fits a third of a row of buttons."""
        return self._day("pattern.month_short", day)

    def moment(self, moment: datetime) -> Html:
        """9 May 2019, 08:30: on the readers' clock if it has a zone, else as it is."""
        local = moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment
        return html.escape(format_datetime(local, self._sentences.gettext("pattern.moment"), locale=self._days))

    def days(self, since: date | None, until: date | None) -> Html:
        """A stretch of days, both included, as briefly as can be: 1–12 May 2019; May 2019; 2019; since 3 June 2019."""
        if since is None:
            return self.say("span.until", day=until) if until else self.say("span.all")
        if until is None:
            return self.say("span.since", day=since)
        if since == until:
            return self.weekday(since)
        same_year, same_month = since.year == until.year, (since.year, since.month) == (until.year, until.month)
        whole = since.day == 1 and (until + timedelta(days=1)).day == 1
        if whole and same_month:
            return self.month(since)
        if whole and same_year and (since.month, until.month) == (1, 12):
            return self._day("pattern.year", since)
        start = "pattern.day_only" if same_month else "pattern.day_month" if same_year else "pattern.day"
        return self.say("span.days", since=self._day(start, since), until=until)

    def _day(self, pattern: str, day: date) -> Html:
        return html.escape(_date(day, self._sentences.gettext(pattern), self._days))

    def arrow(self) -> Html:
        """The sign between before and after, pointing the way this language reads."""
        return Html("←" if self.rtl else "→")

    def listed(self, parts: Sequence[Html]) -> Html:
        """The parts as an enumeration: women, men, girls."""
        return html.join(self.say("list.comma"), parts)


def capital(text: Html) -> Html:
    """The text with its first letter large."""
    return Html(text[:1].upper() + text[1:])


def own_name(language: str) -> str:
    """What a language calls itself: қазақ тілі, العربية."""
    return str(Locale.parse(language).get_display_name(language))


def _isolated(found: re.Match[str]) -> str:
    """A stretch that keeps its own direction."""
    return html.isolated(Html(found[0]), rtl=True)
