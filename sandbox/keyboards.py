"""Keyboards under messages: what the oracle can't see, Telegram's own rules for buttons."""

import re

from sandbox.refusals import RefusedError, bad
from sandbox.shapes import Object, words

_MOST_BUTTONS = 100
_DATA_BYTES = 64
_LONGEST_PLACEHOLDER = 64
_COPIED_CHARACTERS = 256
_KINDS = words(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
)
_STYLES = ("danger", "success", "primary")
_URL = re.compile(r"(?:https?|tg|ton)://[^\s/?#]+\S*|[^\s/?#:]+\.[^\s]+", re.IGNORECASE)


def split(markup: Object | None) -> tuple[Object | None, Object | None]:
    """A checked markup as (inline keyboard, any other); an empty inline keyboard is none."""
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return inline(markup), None
    if "keyboard" in markup:
        _check_reply_keyboard(markup)
    return None, markup


def inline(markup: Object | None) -> Object | None:
    """A checked inline keyboard, its empty rows dropped; None if nothing is left."""
    rows = [row for row in (markup or {}).get("inline_keyboard", ()) if row]
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_inline(button)
    return {"inline_keyboard": rows} if rows else None


def _check_inline(button: Object) -> None:
    if not button["text"]:
        raise bad("inline keyboard button text must be non-empty")
    kinds = [kind for kind in _KINDS if kind in button]
    if not kinds:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad(f"can't parse inline keyboard button: it has {' and '.join(kinds)}, exactly one is allowed")
    _check_style(button)
    if kinds[0] == "callback_data" and not 1 <= len(button["callback_data"].encode()) <= _DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if kinds[0] == "copy_text" and not 1 <= len(button["copy_text"]["text"]) <= _COPIED_CHARACTERS:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if kinds[0] == "url" and not _URL.fullmatch(button["url"]):
        raise _wrong_url(button["url"])


def _wrong_url(url: str) -> RefusedError:
    return bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_style(button: Object) -> None:
    if button.get("style", "primary") not in _STYLES:
        raise bad(f"can't parse keyboard button: style must be one of {', '.join(_STYLES)}")


def _check_reply_keyboard(markup: Object) -> None:
    placeholder = markup.get("input_field_placeholder", "")
    if len(placeholder) > _LONGEST_PLACEHOLDER:
        raise bad(
            f"can't parse reply keyboard markup: input_field_placeholder is over {_LONGEST_PLACEHOLDER} characters"
        )
    rows = [row for row in markup["keyboard"] if row]
    if not rows:
        raise bad("can't parse reply keyboard markup: it has no buttons")
    for button in (button for row in rows for button in row):
        if not button["text"]:
            raise bad("keyboard button text must be non-empty")
        _check_style(button)


def has_data(markup: Object | None, data: str) -> bool:
    """Whether one of the inline buttons carries that data."""
    rows = (markup or {}).get("inline_keyboard", ())
    return any(button.get("callback_data") == data for row in rows for button in row)
