"""Taking a complaint in: safe before it is answered, once however often it is sent, and nobody named in it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.builders import MONDAY, POLICY, TEXT, wib
from tests.workflows.world import World
from workflows.citizen.intake import Receipt, SubmissionMeta, submit
from workflows.collection_names import COMPLAINTS, REPORTERS, SUBMISSIONS
from workflows.domain.complaint.model import State
from workflows.domain.intake.submission import Submission
from workflows.errors import FormAlreadySent
from workflows.ports import Query
from workflows.topics import COMPLAINT_RECEIVED

SENT = Submission(TEXT, name="Siti Aminah", email="siti@contoh.example", phone="+6281234567890", contact=True)
FORM = "a form's token, 32 characters or so"


def test_a_complaint_is_stored_with_ticket_key_and_alarm_and_routed(world: World) -> None:
    receipt = world.submit(SENT)
    assert re.fullmatch(r"LKS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", receipt.ticket)
    assert world.services.links.check_citizen_key(receipt.ticket, receipt.key) == 1
    assert (receipt.state, receipt.created) == (State.RECEIVED, True)
    assert [(line.event, line.by, line.at) for line in world.timeline(receipt.ticket)] == [
        ("received", "citizen", MONDAY)
    ]
    assert world.bus.messages == [(COMPLAINT_RECEIVED, {"ticket": receipt.ticket})]
    assert world.case(receipt.ticket).deadlines.next_check_at == wib("2026-07-06 09:00")


def test_every_field_of_the_form_is_kept(world: World) -> None:
    sent = replace(
        SENT,
        place="Gang Mawar",
        kelurahan="36.71.01.1005",
        latitude=-6.2,
        longitude=106.6,
        kind="aduan",
        lang="en",
    )
    case = world.case(world.submit(sent).ticket)
    assert (case.text, case.place, case.kelurahan) == (TEXT, "Gang Mawar", "36.71.01.1005")
    assert (case.latitude, case.longitude, case.kind, case.lang) == (-6.2, 106.6, "aduan", "en")
    assert (case.reach.consent, case.reach.has_email, case.visibility) == (True, True, "confidential")


def test_a_bus_that_is_away_costs_no_complaint(world: World) -> None:
    world.bus.away = True
    assert world.case(world.submit().ticket).state == State.RECEIVED


def test_the_same_form_sent_again_is_the_same_complaint(world: World) -> None:
    first = world.submit(SENT, token=FORM)
    world.work()
    world.clock.wait(hours=3)
    before = world.everything()
    assert world.submit(SENT, token=FORM) == replace(first, created=False)
    assert world.everything() == before
    assert not world.bus.messages


def test_the_same_form_sent_twice_at_once_is_one_complaint(world: World) -> None:
    def post(_: int) -> Receipt:
        return submit(world.services, SENT, SubmissionMeta(token=FORM))

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(post, range(4)))
    assert len({receipt.ticket for receipt in receipts}) == 1
    assert sorted(receipt.created for receipt in receipts) == [False, False, False, True]
    assert world.store.count(Query(COMPLAINTS)) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(SENT, message=TEXT + "!"),
        replace(SENT, email="lain@contoh.example"),
        replace(SENT, name=""),
        replace(SENT, visibility="public"),
    ],
    ids=["text", "e-mail", "name", "visibility"],
)
def test_the_same_form_with_other_words_is_refused_and_shows_no_link(world: World, other: Submission) -> None:
    world.submit(SENT, token=FORM)
    before = world.everything()
    with pytest.raises(FormAlreadySent) as refused:
        world.submit(other, token=FORM)
    assert str(refused.value) == ""
    assert world.everything() == before


def test_without_a_token_every_sending_is_a_complaint(world: World) -> None:
    assert world.submit(SENT).ticket != world.submit(SENT).ticket


def test_a_repeat_is_known_even_when_what_came_with_it_looks_odd(world: World) -> None:
    first = world.submit(SENT, token=FORM)
    assert world.submit(SENT, token=FORM, spam_reason="too_fast").ticket == first.ticket
    assert world.case(first.ticket).quarantine == ""


def test_who_wrote_lies_apart_and_nowhere_else(world: World) -> None:
    receipt = world.submit(SENT)
    world.work()
    world.tick(days=40)
    assert world.store.get(REPORTERS, receipt.ticket) == {
        "name": "Siti Aminah",
        "email": "siti@contoh.example",
        "email_key": "siti@contoh.example",
        "phone": "+6281234567890",
        "lang": "id",
        "contact": True,
    }
    others = str([row for row in world.everything() if not row[0].startswith("reporters/")])
    assert TEXT in others
    assert not [word for word in ("Siti", "Aminah", "siti@", "81234567890", "contoh.example") if word in others]


def test_the_form_s_token_is_kept_as_a_digest_only(world: World) -> None:
    world.submit(SENT, token=FORM)
    assert FORM not in str(world.everything())


@pytest.mark.parametrize("sent", [Submission(TEXT), Submission(TEXT, visibility="anonymous")])
def test_where_nobody_is_named_nobody_is_kept(world: World, sent: Submission) -> None:
    receipt = world.submit(sent)
    assert world.store.get(REPORTERS, receipt.ticket) is None
    assert not world.case(receipt.ticket).reach.has_email


@pytest.mark.parametrize("sent", [Submission(TEXT, phone="+6281234567890"), Submission(TEXT, name="Siti")])
def test_who_left_no_address_is_kept_but_gets_no_mail(world: World, sent: Submission) -> None:
    receipt = world.submit(sent)
    world.work()
    assert world.store.get(REPORTERS, receipt.ticket)
    assert not world.postman.mails or {mail.to for mail in world.postman.mails} == {"dlh@opd.example"}
    assert world.case(receipt.ticket).reach.phone_only == bool(sent.phone)


def test_over_the_limit_of_one_sender_it_is_kept_for_a_person(world: World) -> None:
    for _ in range(POLICY.senders_per_hour):
        assert world.case(world.submit(sender="a hash").ticket).quarantine == ""
    beyond, other = world.submit(sender="a hash"), world.submit(sender="another hash")
    assert world.case(beyond.ticket).quarantine == "too_many"
    assert world.case(other.ticket).quarantine == ""


def neighbours(world: World, count: int, **envelope: float) -> list[str]:
    """What became of reports with words of their own, typed behind one address."""
    streets = ("".join(chr(97 + int(digit)) for digit in str(n)) for n in range(count))
    tickets = [
        world.submit(Submission(f"{TEXT} Kami di gang {street}."), sender="a village office", **envelope).ticket  # type: ignore[arg-type]
        for street in streets
    ]
    return [world.case(ticket).quarantine for ticket in tickets]


def test_a_whole_neighbourhood_behind_one_address_is_not_held(world: World) -> None:
    assert set(neighbours(world, 60, filled_in=40.0)) == {""}
    again = world.submit(Submission(f"{TEXT} Kami di gang a."), sender="a village office", filled_in=40.0)  # type: ignore[arg-type]
    assert world.case(again.ticket).quarantine == "too_many"


def test_what_no_form_was_filled_in_for_is_held_from_the_limit_on(world: World) -> None:
    limit = POLICY.senders_per_hour
    assert neighbours(world, limit + 3) == [""] * limit + ["too_many"] * 3


def test_after_an_hour_the_sender_is_free_again(world: World) -> None:
    for _ in range(POLICY.senders_per_hour):
        world.submit(sender="a hash")
    world.clock.wait(hours=1)
    assert world.case(world.submit(sender="a hash").ticket).quarantine == ""


def test_a_form_sent_again_and_again_counts_once(world: World) -> None:
    for _ in range(POLICY.senders_per_hour + 5):
        world.submit(SENT, sender="a hash", token=FORM)
    assert world.store.count(Query(SUBMISSIONS)) == 1
    assert world.case(world.submit(sender="a hash").ticket).quarantine == ""


@pytest.mark.parametrize("odd", ["honeypot", "too_fast"])
def test_a_suspect_complaint_goes_to_the_desk_and_sends_no_mail(world: World, odd: str) -> None:
    receipt = world.submit(SENT, spam_reason=odd)
    world.work()
    for _ in range(30):
        world.tick(days=1)
    assert world.case(receipt.ticket).state == State.AT_DESK
    assert not [mail for mail in world.postman.mails if mail.to == SENT.email]
    assert [mail for mail in world.postman.mails if mail.to == "meja@laksa.example"]
