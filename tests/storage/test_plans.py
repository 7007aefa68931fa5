"""Every query that may meet many rows finds them by an index, however few it asks for."""

import random
from datetime import date, timedelta

import pytest

from records.flight import FLIGHT
from records.question import Question
from records.session import SESSION
from storage import (
    aging,
    answers,
    chain,
    changes,
    conditions,
    corrections,
    count,
    deliveries,
    doubts,
    drafts,
    entries,
    inbox,
    journal,
    letters,
    schedules,
    sites,
    typed,
)
from storage.door import Cell, Door, Tx
from tests.storage.made import LESSON, ZHUSAN, post


def plan(tx: Tx, sql: str) -> str:
    names = {word.strip(",()") for word in sql.replace("(", " ").split() if word.startswith(":")}
    params: dict[str, Cell] = {name.lstrip(":"): 1 for name in names}
    return "\n".join(row["detail"] for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **params))


def busy(tx: Tx, team: int) -> None:
    dice = random.Random(1)
    for number in range(300):
        day = (date(2019, 1, 1) + timedelta(days=dice.randrange(700))).isoformat()
        post(tx, team, {**ZHUSAN, "date": day}, kind=FLIGHT, message=number)
        post(tx, team, {**LESSON, "date": day}, kind=SESSION)


def question(**asked: tuple[object, ...]) -> str:
    return count.asked(Question("flight", date(2019, 1, 1), date(2019, 1, 31), **asked))[0]  # type: ignore[arg-type]


def found(*filters: tuple[str, str]) -> str:
    return entries.FOUND + conditions.matching(filters)[0] + entries.OF_KIND + entries.PAGED


PLANS = {
    "counting a month": (question(), "entries_by_day (team=? AND kind=? AND day>? AND day<?)"),
    "counting by site": (
        question(by=("site",), filters=(("citizens", "KZ"),)),
        "entries_by_day (team=? AND kind=? AND day>? AND day<?)",
    ),
    "a search": (found(("status", "planned")), "entries_by_day (team=? AND kind=? AND day>? AND day<?)"),
    "what is near": (
        doubts.NEAR + conditions.matching((("citizens", "KZ"), ("to", "aktau")))[0] + doubts.LATEST,
        "entries_by_day (team=? AND kind=? AND day>? AND day<?)",
    ),
    "what sums up": (
        doubts.SUMS + conditions.matching((("citizens", "KZ"),))[0] + doubts.LATEST,
        "entries_summing_up (team=? AND kind=? AND day>? AND day<?)",
    ),
    "what was typed for unknown places": (sites.SPELT, "entries_unknown_site (team=?)"),
    "entries at an unknown place": (sites.HOLDING, "entries_unknown_site (team=? AND site=?)"),
    "the names of a place": (sites.OF_PLACE, "names_of_place (team=? AND place=?)"),
    "whose name it is": (sites.NAMED, "(team=? AND folded=?)"),
    "what may be others": (doubts.OTHERS, "sqlite_autoindex_entries_1 (team=? AND id=?)"),
    "pairs of an entry": (doubts.OTHERS, "(team=? AND entry=?)"),
    "all that may be others": (doubts.PAIRS, "doubts_open (team=? AND state=?)"),
    "all pairs": (doubts.UNDECIDED + doubts.ASKED_ABOUT, "doubts_open (team=? AND state=?)"),
    "questions dropped": (doubts.OPEN[1], "doubts_of_other (team=? AND other=?)"),
    "by reference": (entries.BY_REF, "(team=? AND ref_folded=?)"),
    "by message": (entries.BY_MESSAGE, "(chat=? AND message=?)"),
    "by id": (entries.BY_ID, "(team=? AND id=?)"),
    "a history": (journal.OF_ENTRY, "journal_of_entry (team=? AND entry=?)"),
    "verifying": (chain.AFTER, "(team=? AND seq>?)"),
    "attention": (changes.ATTENTION, "entries_to_attend (team=? AND attend_from<?)"),
    "coming": (changes.COMING, "entries_by_day (team=? AND kind=? AND day>? AND day<?)"),
    "changes": (changes.SINCE, "(team=? AND seq>? AND seq<?)"),
    "what was told last": (changes.BEFORE, "journal_of_entry (team=? AND entry=? AND seq<?)"),
    "an answer": (answers.OF_MESSAGE, "answers_to_message (team=? AND chat=? AND message=?)"),
    "an album": (answers.OF_ALBUM, "answers_of_album (team=? AND chat=? AND album=?)"),
    "cards": (answers.CARDS, "answers_of_entry (team=? AND entry=?)"),
    "a form": (drafts.OF_PERSON, "(team=? AND chat=? AND who=?)"),
    "what was typed": (typed.BY_MESSAGE, "(team=? AND chat=? AND message=?)"),
    "a posted form": (typed.POSTED, "typed_of_draft (team=? AND draft=?)"),
    "forgetting what was typed": (typed.PRUNE, "typed_by_age (at<?)"),
    "what was corrected": (corrections.BY_MESSAGE, "(team=? AND chat=? AND message=?)"),
    "forgetting what was corrected": (corrections.PRUNE, "corrections_by_age (at<?)"),
    "forgetting forms": (drafts.PRUNE, "drafts_by_age (at<?)"),
    "the inbox": (inbox.WAITING, "inbox_by_state (state=?)"),
    "forgetting updates": (inbox.PRUNE, "inbox_by_state (state=? AND at<?)"),
    "entries to empty": (aging.TO_EMPTY, "entries_to_empty (team=? AND withdrawn>? AND withdrawn<?)"),
    "entries with old words": (aging.TO_BLANK, "entries_worded (team=? AND revised<?)"),
    "forgetting answers": (answers.PRUNE, "answers_by_age (team=? AND at<?)"),
    "due digests": (schedules.DUE, "schedules_due (state=? AND due_at<?)"),
    "the next letter": (letters.NEXT, "letters_waiting (state=? AND not_before<?)"),
    "letters of a schedule": (letters.UNDONE, "letters_of_schedule (schedule=?)"),
    "the log of a team": (deliveries.OF_TEAM, "deliveries_of_team (team=? AND id<?)"),
    "the log of a chat": (deliveries.OF_CHAT, "deliveries_of_chat (chat=? AND team=? AND id<?)"),
    "what waits of a logged digest": (deliveries.OF_TEAM, "letters_of_delivery (delivery=? AND part=?)"),
    "a digest's message sent": (deliveries.SENT, "PRIMARY KEY (rowid=?)"),
    "a group's log under its new id": (deliveries.NEW_CHAT, "deliveries_of_chat (chat=?)"),
    "forgetting the log": (deliveries.PRUNE, "deliveries_by_age (due_at<?)"),
    "forgetting pages": (letters.PRUNE_PAGES, "letters_of_page (page=?)"),
}


@pytest.mark.parametrize("what", PLANS)
@pytest.mark.parametrize("analysed", [False, True])
async def test_what_is_asked_for_is_found_by_its_index(door: Door, team: int, what: str, analysed: bool) -> None:
    sql, index = PLANS[what]
    await door.change(busy, team)
    if analysed:
        await door.change(lambda tx: tx.run("ANALYZE"))
    assert index in await door.read(plan, sql)
