"""When a finished case loses who wrote it, and its photos."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, complaint, wib
from workflows.domain.complaint.model import ENDED, STATES, State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.escalation.schedule import erasure_due, with_erasure_dates
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE, Retention, read_retention
from workflows.domain.toml_table import Table

YEARS = Retention(contact_months=12, photo_months=24, raw_mail=timedelta(days=30))
PHOTO = (PhotoFacts(1, "citizen", name="a.jpg"),)


@pytest.mark.parametrize("state", STATES)
def test_only_what_has_ended_has_an_end_and_an_alarm(state: str) -> None:
    after = with_erasure_dates(complaint(state), YEARS, MONDAY)
    assert (after.erasure.ended_at is not None, after.erasure.erase_at is not None) == (
        state in ENDED,
        state in ENDED,
    )


@pytest.mark.parametrize(
    ("ended", "months", "erased"),
    [
        ("2026-07-06 09:00", 12, "2027-07-07 00:00"),
        ("2026-07-06 23:59", 1, "2026-08-07 00:00"),
        ("2026-12-31 10:00", 2, "2027-03-01 00:00"),  # February has no 31st: its last day counts
        ("2028-02-29 10:00", 12, "2029-03-01 00:00"),
        ("2026-11-30 00:00", 1, "2026-12-31 00:00"),
    ],
)
def test_it_is_kept_for_so_many_months_and_until_the_midnight_after(ended: str, months: int, erased: str) -> None:
    after = with_erasure_dates(complaint(State.CLOSED), replace(YEARS, contact_months=months), wib(ended))
    assert after.erasure.erase_at == wib(erased)


def test_what_happens_to_a_finished_case_later_does_not_keep_it_longer() -> None:
    closed = with_erasure_dates(complaint(State.CLOSED), YEARS, MONDAY)
    later = with_erasure_dates(closed.evolve(sequence=9), YEARS, MONDAY + timedelta(days=100))
    assert (later.erasure.ended_at, later.erasure.erase_at) == (MONDAY, closed.erasure.erase_at)


def test_a_case_that_is_opened_again_is_kept_until_it_ends_again() -> None:
    closed = with_erasure_dates(complaint(State.CLOSED), YEARS, MONDAY)
    opened = with_erasure_dates(closed.evolve(state=State.IN_PROGRESS), YEARS, MONDAY + timedelta(days=30))
    assert (
        opened.erasure.ended_at,
        opened.erasure.erase_at,
        erasure_due(opened, YEARS, wib("2030-01-01 00:00")),
    ) == (
        None,
        None,
        (),
    )
    ended = with_erasure_dates(opened.evolve(state=State.REJECTED), YEARS, wib("2026-09-01 10:00"))
    assert ended.erasure.erase_at == wib("2027-09-02 00:00")


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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("contact_months = 0\nphoto_months = 1\nraw_mail_days = 1", "contact_months: must be 1 or more, not 0"),
        ("contact_months = 1\nphoto_months = 1.5\nraw_mail_days = 1", "photo_months: must be a whole number"),
        ("contact_months = 1\nphoto_months = 1", "raw_mail_days: is missing"),
        ("contact_months = 1\nphoto_months = 1\nraw_mail_days = 1\nlogs = 3", "logs: is not a key"),
    ],
)
def test_a_mistake_in_the_policy_is_named(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_retention(Table.parse(text))
