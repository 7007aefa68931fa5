"""Invitations: one link, one person, 48 hours; and nothing kept by which anybody else could get in."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from protection.admit import admit
from protection.links import made, sealed
from tests.house import AIGUL, SAMIRA, TIMUR, VISITOR, Talk, talking
from tests.talk import Heard

FLIGHT = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        yield talk


def token_of(told: Heard) -> str:
    (link,) = told.copies
    assert link.startswith("https://t.me/")
    return link.partition("?start=")[2]


async def invited(talk: Talk, words: str = "reporter Aktau desk 2", who: int = AIGUL) -> str:
    return token_of(await talk.says(f"/invite {words}", who))


async def test_a_link_makes_one_stranger_a_member_who_can_post_at_once(team: Talk) -> None:
    token = await invited(team)
    welcome = await team.says(f"/start {token}", VISITOR)
    assert "reporter" in welcome.text
    assert "Aktau desk 2" in welcome.text
    assert "Flight" in " ".join(welcome.buttons)
    assert "F-0001" in (await team.says(FLIGHT, VISITOR)).text
    assert "Aktau desk 2" in (await team.says("/history F-0001")).text
    offered = await team.people.call(f"/person/{VISITOR}/menu?chat={VISITOR}", method="GET")
    assert "flight" in {one["command"] for one in offered}
    assert "invite" not in {one["command"] for one in offered}
    assert "Nobody gets in" in (await team.says(f"/start {token}", TIMUR)).text
    acts = [one["act"] for one in team.rows("SELECT act FROM journal ORDER BY seq")]
    assert [one for one in acts if one in {"invited", "joined"}] == ["invited", "joined"]


async def test_a_link_lapses_after_48_hours(team: Talk) -> None:
    late, in_time = await invited(team), await invited(team)
    team.clock.forward(48 * 3600 - 60)
    assert "reporter" in (await team.says(f"/start {in_time}", TIMUR)).text
    team.clock.forward(60)
    assert "Nobody gets in" in (await team.says(f"/start {late}", VISITOR)).text


async def test_whoever_tries_links_hears_nothing_more_after_five(team: Talk) -> None:
    token = await invited(team)
    for number in range(5):
        assert "Nobody gets in" in (await team.says(f"/start wrong-{number}", VISITOR)).text
    assert len(team.rows("SELECT seq FROM journal WHERE act = 'refused'")) == 1
    before = len(await team.people.sees(VISITOR))
    await team.tells(f"/start {token}", VISITOR)
    await team.quiet()
    assert len(await team.people.sees(VISITOR)) == before + 1
    team.clock.forward(3601)
    assert "reporter" in (await team.says(f"/start {token}", VISITOR)).text


async def test_the_token_is_in_no_table(team: Talk) -> None:
    token = await invited(team)
    await team.says(f"/start {token}", VISITOR)
    await team.quiet()
    tables = [one["name"] for one in team.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = json.dumps([team.rows(f"SELECT * FROM {one}") for one in tables], default=str)
    assert token not in kept


def test_no_link_is_taken_for_somebody_s_number() -> None:
    for number in range(2_000):
        kept = admit({"update_id": 1, "message": {"text": f"/start token-{number}"}})
        assert kept["message"] == {"text": f"/start {sealed(f'token-{number}')}"}


def test_not_even_the_inbox_gets_to_see_a_token() -> None:
    token = made()
    for name in ("message", "edited_message"):
        for said in (f"/start {token}", f"/start@wayhome_bot  {token} ", f"/START {token}"):
            kept = json.dumps(admit({"update_id": 1, name: {"text": said}}))
            assert token not in kept
            assert sealed(token) in kept
    assert admit({"update_id": 1, "message": {"text": FLIGHT}})["message"] == {"text": FLIGHT}


async def test_what_is_kept_of_a_link_lets_nobody_in(team: Talk) -> None:
    await invited(team)
    hash_ = team.rows("SELECT hash FROM invitations")[0]["hash"]
    assert "Nobody gets in" in (await team.says(f"/start {hash_}", VISITOR)).text


async def test_a_coordinator_invites_viewers_and_reporters_only(team: Talk) -> None:
    await team.enrol(TIMUR, "coordinator")
    for role in ("viewer", "reporter"):
        assert (await team.says(f"/invite {role} desk", TIMUR)).copies
    for role in ("coordinator", "admin"):
        assert "takes another role: admin" in (await team.says(f"/invite {role} desk", TIMUR)).text


async def test_who_may_not_invite_any_more_lets_nobody_in(team: Talk) -> None:
    await team.enrol(TIMUR, "coordinator")
    token = await invited(team, who=TIMUR)
    await team.enrol(TIMUR, "reporter")
    assert "Nobody gets in" in (await team.says(f"/start {token}", SAMIRA)).text


async def test_a_member_who_follows_a_link_stays_what_they_are_and_leaves_it_open(team: Talk) -> None:
    token = await invited(team, "viewer desk")
    assert "You are of the team now" not in (await team.says(f"/start {token}")).text
    assert "viewer" in (await team.says(f"/start {token}", VISITOR)).text


@pytest.mark.parametrize("said", ["", "reporter", "boss Aktau", f"reporter {'x' * 61}"])
async def test_an_invitation_names_a_role_and_a_function(team: Talk, said: str) -> None:
    assert "/invite reporter Aktau desk 2" in (await team.says(f"/invite {said}")).text
    assert team.rows("SELECT * FROM invitations") == []


async def test_a_function_that_tells_of_a_person_is_refused(team: Talk) -> None:
    told = await team.says("/invite reporter call +7 701 123 45 67")
    assert not told.copies
    assert team.rows("SELECT * FROM invitations") == []


async def test_links_are_made_in_private_and_role_words_are_known_in_every_language(team: Talk) -> None:
    group = await team.group()
    assert not (await team.says("/invite reporter desk", chat=group)).copies
    for role in ("репортёр", "хабаршы", "مراسل", "Coordinator"):
        assert (await team.says(f"/invite {role} desk 2")).copies
