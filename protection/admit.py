"""What of an update may be kept: who wrote (by number), where, when and what, but nobody's name.

The desk never stores people's Telegram names, so they are taken out before an update reaches the database.
"""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from protection.links import without_token

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

NAMES: Final = frozenset({
    "first_name", "last_name", "username", "active_usernames", "title", "name", "custom_title", "tag", "sender_tag",
    "bio", "author_signature", "sender_user_name", "performer", "new_chat_title", "file_name", "invite_link",
    "web_app_name", "phone_number", "email", "vcard", "address", "street_line1", "street_line2", "city", "post_code",
})  # fmt: skip
"""Keys whose text names or may name somebody. The text goes, the key stays: Telegram's own shapes require some of them."""
PLACES: Final = frozenset({"latitude", "longitude"})
QUOTING: Final = frozenset({"reply_to_message", "pinned_message", "external_reply", "quote"})
"""Other people's messages inside an update: their words are not this person's to have kept again."""
WORDS: Final = frozenset({"text", "caption", "entities", "caption_entities", "rich_message", "checklist", "poll"})
SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


def admit(update: Mapping[str, Json]) -> dict[str, Json]:
    """The update as it may be stored; ids, language codes, words, entities and buttons are as they came."""
    return {key: _kept(key, value) for key, value in update.items()}


def _kept(key: str, value: Json) -> Json:
    if isinstance(value, dict):
        if key in {"message", "edited_message"} and isinstance(said := value.get("text"), str):
            value = {**value, "text": without_token(said)}
        unkept = WORDS if key in QUOTING else frozenset()
        kept = {inner: _kept(inner, one) for inner, one in value.items() if inner not in unkept}
        return {**kept, "text": ""} if key == "quote" else kept  # which must have one
    if isinstance(value, list):
        return [_kept(key, one) for one in value]
    if key in NAMES and isinstance(value, str):
        suffix = SUFFIX.search(value) if key == "file_name" else None  # tells a table from a picture
        return f"file{suffix[0]}" if suffix else ""
    return 0.0 if key in PLACES else value
