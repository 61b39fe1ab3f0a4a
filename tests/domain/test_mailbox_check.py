"""When a department is asked whether it reads its mailbox, and what settles it."""

from __future__ import annotations
from datetime import date, timedelta

import pytest

from tests.builders import MONDAY
from workflows.domain.notifications.mailbox_check import (
    MailboxCheck,
    check_from,
    confirmed,
    is_wanted,
    phoned,
    quarter_of,
)

CHECK = MailboxCheck("DLH", "2026-Q3", "0123abcd", MONDAY, MONDAY + timedelta(days=7))


@pytest.mark.parametrize(
    ("day", "quarter"), [((2026, 1, 1), "2026-Q1"), ((2026, 9, 30), "2026-Q3"), ((2026, 12, 31), "2026-Q4")]
)
def test_a_quarter_has_three_months(day: tuple[int, int, int], quarter: str) -> None:
    assert quarter_of(date(*day)) == quarter


def test_a_changed_address_is_asked_about_at_once_a_known_one_quarterly() -> None:
    assert is_wanted(None, "2026-Q3", "0123abcd", True)
    assert not is_wanted(None, "2026-Q3", "0123abcd", False)
    assert not is_wanted(CHECK, "2026-Q3", "0123abcd", True)
    assert is_wanted(CHECK, "2026-Q4", "0123abcd", True)
    assert is_wanted(CHECK, "2026-Q3", "ffffffff", False)
    assert is_wanted(None, "2026-Q3", "0123abcd", False, own=True)
    assert not is_wanted(CHECK, "2026-Q3", "0123abcd", False, own=True)


def test_the_first_press_stays_and_a_call_settles_what_nobody_pressed() -> None:
    pressed = confirmed(CHECK, MONDAY)
    assert (pressed.confirmed_at, pressed.until) == (MONDAY, None)
    assert confirmed(pressed, MONDAY + timedelta(days=1)) == pressed
    assert phoned(pressed, MONDAY) == pressed
    called = phoned(CHECK, MONDAY)
    assert (called.called_at, called.until) == (MONDAY, None)
    assert phoned(called, MONDAY + timedelta(days=1)) == called
    assert confirmed(called, MONDAY).confirmed_at == MONDAY


@pytest.mark.parametrize("check", [CHECK, confirmed(CHECK, MONDAY)])
def test_it_is_stored_whole(check: MailboxCheck) -> None:
    assert check_from(check.to_document()) == check
