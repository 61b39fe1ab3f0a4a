"""When a finished case loses who wrote it, and its photos."""

from __future__ import annotations
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, complaint, wib
from workflows.domain.complaint.model import ENDED, STATES, State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.escalation.schedule import erasure_due, with_erasure_dates
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE, Retention

YEARS = Retention(contact_months=12, photo_months=24, raw_mail=timedelta(days=30))
PHOTO = (PhotoFacts(1, "citizen", name="a.jpg"),)


@pytest.mark.parametrize("state", STATES)
def test_only_what_has_ended_has_an_end_and_an_alarm(state: str) -> None:
    after = with_erasure_dates(complaint(state), YEARS, MONDAY)
    assert (after.erasure.ended_at is not None, after.erasure.erase_at is not None) == (state in ENDED, state in ENDED)


def test_what_happens_to_a_finished_case_later_does_not_keep_it_longer() -> None:
    closed = with_erasure_dates(complaint(State.CLOSED), YEARS, MONDAY)
    later = with_erasure_dates(closed.evolve(sequence=9), YEARS, MONDAY + timedelta(days=100))
    assert (later.erasure.ended_at, later.erasure.erase_at) == (MONDAY, closed.erasure.erase_at)


def kept(**fields: Any) -> tuple[tuple[str, ...], tuple[str, ...], datetime | None]:
    """What is due after 13 months, after 25, and the alarm."""
    case = with_erasure_dates(complaint(State.CLOSED, photos=PHOTO, **fields), YEARS, MONDAY)
    first, second = (
        tuple(sorted(erasure_due(case, YEARS, wib(at)))) for at in ("2027-08-01 00:00", "2028-08-01 00:00")
    )
    return first, second, case.erasure.erase_at


def test_contact_and_photos_have_their_own_time() -> None:
    assert kept() == ((CONTACT,), (CONTACT, PHOTOS), wib("2027-07-07 00:00"))
    assert kept(erased={CONTACT: MONDAY}) == ((), (PHOTOS,), wib("2028-07-07 00:00"))


def test_who_wrote_is_looked_for_again_where_the_case_has_ended_since() -> None:
    assert kept(erased={CONTACT: MONDAY - timedelta(days=1)})[0] == (CONTACT,)


def test_of_what_is_erased_whole_nothing_is_due() -> None:
    assert kept(erased={WHOLE: MONDAY}) == ((), (), None)


def test_an_answer_is_no_end() -> None:
    assert with_erasure_dates(complaint(State.ANSWERED), YEARS, MONDAY).erasure.ended_at is None
