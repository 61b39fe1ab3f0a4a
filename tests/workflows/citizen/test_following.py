"""“I have this too”: stored as merged, once a form, and read by the router for what it may tell besides."""

from __future__ import annotations
from dataclasses import replace

import pytest

from tests.builders import PARENT, complaint
from tests.pictures.given import encoded, scene
from tests.workflows.world import World
from workflows.citizen import intake
from workflows.citizen.following import follow
from workflows.citizen.intake import Receipt, SubmissionMeta
from workflows.domain.complaint.model import State
from workflows.domain.intake.submission import Submission
from workflows.errors import InvalidInput

SENT = Submission("Tempat sampah itu penuh juga di depan rumah saya di Cikokol.", email="siti@contoh.example")
TOKEN = "a form's token, long enough"
PHOTO = encoded(scene(1))
FIRE = "Pohon tumbang menimpa kabel listrik di dekat bak sampah itu, ada percikan api."
BRIBE = "Petugas kebersihan minta uang Rp 50.000 tiap kali sampah diangkut, ini pungli."


@pytest.fixture
def city(world: World) -> World:
    """One public case that DLH works on."""
    world.put(complaint(State.ASSIGNED, ticket=PARENT, visibility="public", decision={"opd": "DLH"}))
    return world


def join(world: World, sent: Submission = SENT, parent: str = PARENT, **envelope: object) -> Receipt:
    return follow(world.services, sent, SubmissionMeta(**{"token": TOKEN, **envelope}), parent)  # type: ignore[arg-type]


def test_it_is_merged_at_once_with_a_number_and_a_key_of_its_own(city: World) -> None:
    receipt = join(city, parent=PARENT.lower().replace("-", ""))
    assert (receipt.state, receipt.created) == (State.MERGED, True)
    assert receipt.key == city.key(receipt.ticket)
    joined = city.case(receipt.ticket)
    assert (joined.state, joined.parent, joined.text) == (State.MERGED, PARENT, SENT.message)
    assert [entry.event for entry in city.timeline(receipt.ticket)] == ["received", "followed"]
    assert city.case(PARENT).followed


def test_its_receipt_is_the_only_letter_and_comes_after_the_router(city: World) -> None:
    receipt = join(city)
    city.work()
    city.tick()
    assert [mail.subject for mail in city.postman.mails] == ["receipt"]
    joined = city.case(receipt.ticket)
    assert (joined.state, joined.awaiting_routing, joined.deadlines.next_check_at) == (State.MERGED, False, None)
    assert joined.decision and joined.category


@pytest.mark.parametrize(("words", "why"), [(FIRE, "urgent"), (BRIBE, "restricted")])
def test_danger_and_restricted_words_do_not_stay_with_another_case(city: World, words: str, why: str) -> None:
    receipt = join(city, replace(SENT, message=words))
    city.work()
    case = city.case(receipt.ticket)
    assert getattr(case, why)
    assert (case.parent, case.state in (State.ASSIGNED, State.AT_DESK)) == ("", True)
    assert [mail.subject for mail in city.postman.mails if mail.to.startswith("siti")] == ["receipt"]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.CLOSED},
        {"state": State.RECEIVED},
        {"visibility": "confidential"},
        {"restricted": True},
        {"decision": {"kept_out": ["DLH"]}},
        {"quarantine": "too_many"},
    ],
)
def test_what_cannot_be_followed_is_refused_and_nothing_is_stored(world: World, fields: dict[str, object]) -> None:
    given = {"state": State.ASSIGNED, "ticket": PARENT, "visibility": "public", **fields}
    world.put(complaint(**given))  # type: ignore[arg-type]
    before = world.everything()
    with pytest.raises(InvalidInput) as refused:
        join(world, photos=(PHOTO,))
    assert [(error.field, error.code) for error in refused.value.errors] == [("follow", "cannot_follow")]
    assert world.everything() == before
    assert world.photos.names("LKS-") == []
    assert intake.submit(world.services, SENT, SubmissionMeta(TOKEN)).created


@pytest.mark.parametrize("parent", ["", "x", "LKS-0000-0000-1"])
def test_a_number_of_nobody_is_refused(city: World, parent: str) -> None:
    with pytest.raises(InvalidInput):
        join(city, parent=parent)


def test_what_looks_like_a_machine_s_joins_nothing_and_waits_for_a_person(city: World) -> None:
    receipt = join(city, spam_reason="honeypot")
    city.work()
    assert receipt.state == State.RECEIVED
    assert (city.case(receipt.ticket).state, city.case(receipt.ticket).parent) == (State.AT_DESK, "")
    assert not city.case(PARENT).followed
