"""A report that has a number in another system comes in once, however often and by whomever it is written down."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import MONDAY, TEXT
from tests.workflows.personal import city_in
from tests.workflows.world import World
from workflows.citizen.intake import Receipt, SubmissionMeta, has_come_in, submit
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.records import Arrival
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import NumberTaken
from workflows.ports import Query
from workflows.privacy.erase import erase as erase_all
from workflows.privacy.ledger import ASKED

SENT = Submission(TEXT)
EARLIER = MONDAY - timedelta(days=2)


def envelope(ref: str = "SP4N 77", token: str = "") -> SubmissionMeta:
    return SubmissionMeta(token, arrival=Arrival("sp4n", ref, MONDAY), received_at=EARLIER)


def test_the_same_number_again_is_the_one_that_is_there(world: World) -> None:
    first = submit(world.services, SENT, envelope(token="the token of the first form"))
    before = world.everything()
    assert not has_come_in(world.services, envelope("SP4N 78"))
    assert has_come_in(world.services, envelope("sp4n77"))
    same = Submission(TEXT.upper().replace(" ", "  "), name="Budi Santoso")
    again = submit(world.services, same, envelope("sp4n  77", "the token of another form"))
    assert (again.ticket, again.created) == (first.ticket, False)
    assert world.everything() == before


def test_with_other_words_it_is_another_complaint_whose_form_is_not_lost(world: World) -> None:
    first = submit(world.services, SENT, envelope("001/2026"))
    other = Submission("Lampu jalan di Cikokol padam sejak Senin malam.")
    before = world.everything()
    for _ in range(2):
        with pytest.raises(NumberTaken) as refused:
            submit(world.services, other, envelope("001/2026", "the token of the other form"))
        assert refused.value.complaint.ticket == first.ticket
    assert world.everything() == before
    assert submit(world.services, other, envelope("001/2026 RW 05", "the token of the other form")).created


def test_once_its_words_are_erased_no_link_is_handed_out(tmp_path: Path) -> None:
    with city_in(tmp_path) as city:
        ticket = submit(city.services, SENT, envelope()).ticket
        assert not submit(city.services, SENT, envelope()).created
        erase_all(city.keepers, ticket, WHOLE, ASKED)
        with pytest.raises(NumberTaken):
            submit(city.services, SENT, envelope())


def test_written_down_by_two_at_once_it_is_one(world: World) -> None:
    def post(n: int) -> Receipt:
        return submit(world.services, SENT, envelope(token=f"the token of form {n}"))

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(post, range(4)))
    assert len({receipt.ticket for receipt in receipts}) == 1
    assert sorted(receipt.created for receipt in receipts) == [False, False, False, True]
    assert world.store.count(Query(COMPLAINTS)) == 1
