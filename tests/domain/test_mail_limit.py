"""How many letters an address gets: three within any 24 hours, until somebody reads there."""

from __future__ import annotations
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import MONDAY
from workflows.domain.notifications.delivery import DAY, MAX_KNOWN, Address, AdmittedMail, address_from

HOUR = timedelta(hours=1)


def test_what_is_stored_is_what_is_read() -> None:
    address = Address((AdmittedMail("a.1.receipt.citizen", MONDAY),), MONDAY, waits=True)
    assert address_from(address.to_document()) == address
    assert address_from(None) == Address()


def test_the_fourth_waits_until_the_first_is_a_day_old() -> None:
    address = Address()
    for n in range(3):
        assert address.free_at(3, MONDAY + n * HOUR) == MONDAY + n * HOUR
        address = address.with_letter(f"a.{n}", MONDAY + n * HOUR)
    assert address.free_at(3, MONDAY + 3 * HOUR) == MONDAY + DAY
    assert address.free_at(3, MONDAY + DAY) == MONDAY + DAY


def test_a_released_letter_may_be_tried_again_and_all_go_to_a_read_address() -> None:
    address = Address().with_letter("a.1", MONDAY)
    assert address.admits("a.1")
    assert not address.admits("a.2")
    assert Address(opened_at=MONDAY).admits("a.2")


def test_letters_are_known_by_their_report_and_not_for_ever() -> None:
    address = Address()
    for n in range(MAX_KNOWN + 5):
        address = address.with_letter(f"LKS-{n % 2}.{n}", MONDAY)
    assert len(address.letters) == MAX_KNOWN
    assert address.letters_of("LKS-1")[-1] == f"LKS-1.{MAX_KNOWN + 3}"


@given(st.lists(st.integers(0, 60 * 24 * 4), max_size=40), st.integers(1, 5))
def test_no_24_hours_hold_more_than_the_limit(minutes: list[int], most: int) -> None:
    address = Address()
    out: list[datetime] = []
    for minute in sorted(minutes):
        now = MONDAY + timedelta(minutes=minute)
        if address.free_at(most, now) <= now:
            address = address.with_letter(f"a.{len(out)}", now)
            out.append(now)
    for first, last in zip(out, out[most:], strict=False):
        assert last - first >= DAY
