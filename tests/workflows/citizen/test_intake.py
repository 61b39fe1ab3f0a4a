"""Taking a complaint in: safe before it is answered, once however often it is sent, and nobody named in it."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.builders import TEXT
from tests.workflows.world import World
from workflows.citizen.intake import Receipt, SubmissionMeta, submit
from workflows.collection_names import COMPLAINTS, REPORTERS
from workflows.domain.intake.submission import Submission
from workflows.ports import Query

SENT = Submission(TEXT, name="Siti Aminah", email="siti@contoh.example", phone="+6281234567890", contact=True)
FORM = "a form's token, 32 characters or so"


def test_every_field_of_the_form_is_kept(world: World) -> None:
    sent = replace(
        SENT, place="Gang Mawar", kelurahan="36.71.01.1005", latitude=-6.2, longitude=106.6, kind="aduan", lang="en"
    )
    case = world.case(world.submit(sent).ticket)
    assert (case.text, case.place, case.kelurahan) == (TEXT, "Gang Mawar", "36.71.01.1005")
    assert (case.latitude, case.longitude, case.kind, case.lang) == (-6.2, 106.6, "aduan", "en")
    assert (case.reach.consent, case.reach.has_email, case.visibility) == (True, True, "confidential")


def test_the_same_form_sent_twice_at_once_is_one_complaint(world: World) -> None:
    def post(_: int) -> Receipt:
        return submit(world.services, SENT, SubmissionMeta(token=FORM))

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(post, range(4)))
    assert len({receipt.ticket for receipt in receipts}) == 1
    assert sorted(receipt.created for receipt in receipts) == [False, False, False, True]
    assert world.store.count(Query(COMPLAINTS)) == 1


def test_without_a_token_every_sending_is_a_complaint(world: World) -> None:
    assert world.submit(SENT).ticket != world.submit(SENT).ticket


def test_the_form_s_token_is_kept_as_a_digest_only(world: World) -> None:
    world.submit(SENT, token=FORM)
    assert FORM not in str(world.everything())


@pytest.mark.parametrize("sent", [Submission(TEXT), Submission(TEXT, visibility="anonymous")])
def test_where_nobody_is_named_nobody_is_kept(world: World, sent: Submission) -> None:
    receipt = world.submit(sent)
    assert world.store.get(REPORTERS, receipt.ticket) is None
    assert not world.case(receipt.ticket).reach.has_email


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
