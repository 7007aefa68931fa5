"""Writes the tables of docs/protection.md from the corpus of personal data; a test holds that they are what the rules do."""

from pathlib import Path

from docs.markdown import table
from protection.personal import RULES
from tests.protection.corpus import LANGUAGES, PARTS, Measure, corpus, of_rule, of_texts

PAGE = Path(__file__).parent / "protection.md"
BEGIN, END = "<!-- Written by `make reference` from the corpus. -->", "<!-- End of what is written. -->"
TOLD = {
    "held": "`held`: written before the rules, never learned from",
    "tuned": "`tuned`: what the rules were written against",
    "second": "`second`: written when they held that, then learned from",
    "last": "`last`: written after that, never learned from",
}


def page(text: str) -> str:
    """The page with its tables written anew."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{tables()}\n{END}{rest.split(END)[1]}"


def tables() -> str:
    """Recall and precision of everything, of the parts and languages, and of each rule."""
    refused = sum(bool(one.rules) for one in corpus())
    whole = [row("all texts", of_texts())]
    whole += [row(TOLD[part], of_texts(part)) for part in PARTS]
    whole += [row(f"`{language}`", of_texts(language=language)) for language in LANGUAGES]
    rules = [row(f"`{rule}`", of_rule(rule)) for rule in RULES]
    head = ("recall", "precision", "missed", "taken for it wrongly")
    said = f"{len(corpus())} texts, of which {refused} must be refused."
    return "\n\n".join((said, table(("texts", *head), whole), table(("rule", *head), rules)))


def row(name: str, measure: Measure) -> tuple[str, ...]:
    """A line of a table; what failed is named by its id in the corpus."""
    figures = (f"{measure.recall:.3f}", f"{measure.precision:.3f}")
    return (name, *figures, ", ".join(measure.missed) or "–", ", ".join(measure.false) or "–")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
