"""What `/privacy` says: from the numbers of the config, so that it is always true."""

from dataclasses import asdict

from records.answer import Answer
from records.terms import Terms
from render import html
from render.catalogue import Words


def privacy_page(terms: Terms, words: Words, *, masked: bool) -> Answer:
    """What is kept and for how long, of whom, and who sees it; `masked` if groups see rounded numbers."""
    days = {name: words.say_n("privacy.days", number) for name, number in asdict(terms).items()}
    kept = (
        words.say(f"privacy.{one}", **days) for one in ("posted", "notes", "withdrawn", "journal", "passing", "files")
    )
    seen = words.say("privacy.seen_masked" if masked else "privacy.seen")
    return Answer(
        html.blocks(
            words.say("privacy.head"),
            html.lines(*kept),
            html.lines(words.say("privacy.you"), seen, words.say("privacy.telegram"), words.say("privacy.copies")),
            words.say("privacy.how"),
        )
    )
