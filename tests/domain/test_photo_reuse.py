"""What speaks against a proof photo: seen before, or taken before there was anything to mend."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.builders import MONDAY, complaint
from workflows.domain.actions.attach_photos import doubts, suspicious
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import PhotoFacts

HOLE, MENDED, OTHER = "0" * 32, "f" * 32, "0" * 16 + "f" * 16
CITIZENS = PhotoFacts(1, "citizen", HOLE)
PROOF = PhotoFacts(2, "department", MENDED, MONDAY + timedelta(days=1))
EARLIER = MONDAY - timedelta(seconds=1)


def test_an_honest_proof_is_not_suspicious() -> None:
    new = PhotoFacts(3, "department", OTHER, MONDAY + timedelta(days=2))
    assert suspicious(new, (CITIZENS, PROOF), MONDAY) == ""


def test_the_citizens_own_photo_proves_nothing() -> None:
    assert suspicious(PhotoFacts(3, "department", f"{7:032x}"), (CITIZENS, PROOF), MONDAY) == "same_as_citizen"


@pytest.mark.parametrize("by", ["department", "head", "unit", "desk"])
def test_a_proof_that_was_used_before_is_told(by: str) -> None:
    earlier = PhotoFacts(2, by, MENDED)
    assert suspicious(PhotoFacts(3, "department", MENDED), (CITIZENS, earlier), MONDAY) == "same_as_earlier_proof"


def test_a_photo_taken_before_the_report_is_told() -> None:
    assert suspicious(PhotoFacts(3, "department", OTHER, EARLIER), (CITIZENS,), MONDAY) == "taken_before"
    assert suspicious(PhotoFacts(3, "department", OTHER, MONDAY), (CITIZENS,), MONDAY) == ""


def test_the_gravest_is_told() -> None:
    both = PhotoFacts(2, "department", HOLE)
    assert suspicious(PhotoFacts(3, "department", HOLE, EARLIER), (both, CITIZENS), MONDAY) == "same_as_citizen"
    assert suspicious(PhotoFacts(3, "department", HOLE, EARLIER), (both,), MONDAY) == "same_as_earlier_proof"


def test_a_photo_that_says_nothing_of_itself_is_never_suspicious() -> None:
    assert suspicious(PhotoFacts(3, "department"), (PhotoFacts(1, "citizen"), PROOF), MONDAY) == ""
    assert suspicious(PhotoFacts(3, "department", OTHER), (), MONDAY) == ""


@pytest.mark.parametrize(("proofs", "told"), [((2,), ["same_as_earlier_proof"]), ((), []), ((1, 3), [])])
def test_an_office_s_photo_counts_as_proof_once_an_answer_names_it(proofs: tuple[int, ...], told: list[str]) -> None:
    again = PhotoFacts(3, "department", MENDED, PROOF.taken_at)
    case = complaint(State.IN_PROGRESS, photos=(CITIZENS, PROOF, again), proofs=proofs)
    assert doubts(case, [3]) == told
