"""The command language: from what a person typed to values and problems, and back. No sentence a user reads stands here."""

from records.command.answered import answered
from records.command.envelope import Command, envelope, read_edit, read_ref, read_withdraw
from records.command.exporting import export_put_right, read_export
from records.command.guesses import nearest_command, nearest_kind
from records.command.questions import read_question, read_search
from records.command.reading import Reading, read
from records.command.siting import SiteWish, nearest_places, read_sites
from records.command.sought import read_sought
from records.command.template import form, template
from records.command.wishes import Wish, put_right, read_wish

__all__ = [
    "Command",
    "Reading",
    "SiteWish",
    "Wish",
    "answered",
    "envelope",
    "export_put_right",
    "form",
    "nearest_command",
    "nearest_kind",
    "nearest_places",
    "put_right",
    "read",
    "read_edit",
    "read_export",
    "read_question",
    "read_ref",
    "read_search",
    "read_sites",
    "read_sought",
    "read_wish",
    "read_withdraw",
    "template",
]
