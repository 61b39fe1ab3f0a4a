"""The city's rules: read from data, refused by the name of the wrong key, and asked by the workflows."""

from datetime import date, timedelta

import pytest

from functions.app.data_files import national_year
from tests.builders import DATA
from tests.sentences import sentences
from workflows.domain.deadlines.policy import OFFICES, Days, Policy, read_policy

TEXT = (DATA / "policy.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return read_policy(TEXT, national_year)


def test_accepting_is_never_due_after_answering() -> None:
    text = TEXT.replace(
        "[categories]", "[categories]\ntes = { answer_days = 1 }\nuji = { ack_days = 9, answer_days = 4 }"
    )
    policy = read_policy(text, national_year)
    assert policy.days_for("tes", "aduan") == Days(1, 1)
    assert policy.days_for("uji", "aduan") == Days(4, 4)


REMINDED = [("reminder", 0.75, 0, "department"), ("overdue", None, 0, "department"), ("head", None, 1, "head")]


@pytest.mark.parametrize("kind", OFFICES)
def test_a_department_is_reminded_at_three_quarters_then_its_head_is_told(policy: Policy, kind: str) -> None:
    assert [(r.name, r.share, r.after_days, r.to) for r in policy.ladder_for(kind)[:3]] == REMINDED


def test_the_desk_has_a_ladder_of_its_own_whose_names_no_department_shares(policy: Policy) -> None:
    desk = policy.ladder_for("desk")
    assert [(r.after_days, r.to) for r in desk] == [(0, "desk"), (1, "head"), (3, "sekda"), (10, "mayor")]
    assert not {r.name for r in desk} & {r.name for r in policy.ladder_for("dinas")}


def test_a_letter_is_tried_after_1_5_15_60_minutes_then_hourly_for_3_days(policy: Policy) -> None:
    pauses = [policy.mail.pause_after(n) / timedelta(minutes=1) for n in range(1, 7)]
    assert pauses == [1, 5, 15, 60, 60, 60]
    assert policy.mail.give_up_after == timedelta(days=3)
    assert policy.mail.lease == timedelta(seconds=120)


def test_limits_are_read_as_they_stand(policy: Policy) -> None:
    assert (policy.version, policy.valid_from) == (1, date(2026, 1, 1))
    assert (policy.desk_days, policy.confirm_days, policy.dispute_days, policy.ask_days) == (1, 10, 5, 5)
    assert (policy.link_days, policy.max_schedule_days, policy.max_forwards) == (60, 60, 2)
    assert (policy.form_max_age_hours, policy.senders_per_hour, policy.additions_per_day) == (24, 20, 20)


@pytest.mark.parametrize(("old", "new", "complaint"), sentences("policy", "a_wrong_rule_is_refused_by"))
def test_a_wrong_rule_is_refused_by_the_name_of_its_key(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new)
    with pytest.raises(ValueError, match=complaint):
        read_policy(text, national_year)


def test_two_dates_for_one_override_are_refused() -> None:
    free = '[[calendar.holidays]]\ndate = 2026-11-25\nname = "Hari kota"\n'
    with pytest.raises(ValueError, match="calendar: two overrides for one day"):
        read_policy(TEXT + free + free, national_year)


def test_a_ladder_may_have_fewer_rungs_but_not_none() -> None:
    start = TEXT.index("rungs = [") + len("rungs = [")
    rest = TEXT[start:].split("},\n", 1)[1]
    assert read_policy(TEXT[:start] + rest, national_year).ladder_for("dinas")[0].name == "overdue"
    with pytest.raises(ValueError, match=r"ladders\[1\].rungs: must name at least one rung"):
        read_policy(TEXT[:start] + TEXT[TEXT.index("]", TEXT.index("mayor", start)) :], national_year)
