"""Which letters can stand on a list, and which cases a list still tells of when it is written."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.builders import ANSWER_BY, complaint
from workflows.domain.complaint.model import State
from workflows.domain.notifications.kinds import BUNDLES
from workflows.domain.notifications.notice import Notice, bundle_of, is_list, is_still_listed

BEFORE, AFTER = ANSWER_BY - timedelta(hours=1), ANSWER_BY
LATE = ["overdue", "also_head", "head_case"]


def letter(template: str) -> Notice:
    return Notice("n", "t", 1, template, BUNDLES[template].role, "DLH", assignment_no=1)


def listed(template: str) -> Notice:
    return Notice("list", "", 0, BUNDLES[template].template, BUNDLES[template].role, "DLH")


@pytest.mark.parametrize("template", BUNDLES)
def test_a_letter_stands_on_the_list_of_its_kind_and_role(template: str) -> None:
    found = bundle_of(letter(template))
    assert found and found.template == listed(template).template
    assert is_list(listed(template)) and not is_list(letter(template))
    assert bundle_of(Notice("n", "t", 1, template, "unit", "DLH-TPA")) is None


@pytest.mark.parametrize("template", ["head_desk", "triage", "late", "went_up", "dispute_head", "digest"])
def test_all_others_go_out_by_themselves(template: str) -> None:
    assert bundle_of(Notice("n", "t", 1, template, "department", "DLH")) is None


@pytest.mark.parametrize("template", BUNDLES)
@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED, State.AT_DESK, State.MERGED, State.WITHDRAWN])
def test_no_list_tells_of_a_case_that_its_office_need_not_answer_any_more(template: str, state: str) -> None:
    for now in (BEFORE, AFTER):
        assert not is_still_listed(listed(template), letter(template), complaint(state), now)


@pytest.mark.parametrize("template", BUNDLES)
def test_no_list_tells_of_a_case_that_has_gone_to_another_office_meanwhile(template: str) -> None:
    moved = complaint(State.ASSIGNED, "PUPR", assignment_no=2)
    for now in (BEFORE, AFTER):
        assert not is_still_listed(listed(template), letter(template), moved, now)


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS, State.SCHEDULED])
def test_a_reminder_is_for_what_is_not_late_and_later_letters_for_what_is(state: str) -> None:
    case = complaint(state)
    assert is_still_listed(listed("reminder"), letter("reminder"), case, BEFORE)
    assert not is_still_listed(listed("reminder"), letter("reminder"), case, AFTER)
    for template in LATE:
        assert is_still_listed(listed(template), letter(template), case, AFTER)
        assert not is_still_listed(listed(template), letter(template), case, BEFORE)


def test_of_a_case_whose_clock_stands_only_the_list_of_new_cases_tells() -> None:
    for now in (BEFORE, AFTER):
        told = [t for t in BUNDLES if is_still_listed(listed(t), letter(t), complaint(State.WAITING), now)]
        assert told == ["new_case"]
