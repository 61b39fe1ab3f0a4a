"""A mistake in the city's rules is named by file, line and field."""

from __future__ import annotations
from pathlib import Path

import pytest

from functions.app.data_files import PolicyError, line_of, load_policy, load_retention
from tests.builders import DATA

TEXT = (DATA / "policy.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("desk_days = 1", "desk_days = 0", "desk_days"),
        ("contact_months = 12", "contact_months = 0", "retention.contact_months"),
        ("raw_mail_days = 30", 'raw_mail_days = "30"', "retention.raw_mail_days"),
        ("ack_hours = 2", 'ack_hours = "2"', "urgent.ack_hours"),
        ("pju_mati = { answer_days = 3 }", "pju_mati = { answer_days = 0 }", "categories.pju_mati.answer_days"),
        ("opens = 08:00:00", 'opens = "08.00"', "calendar.hours[1].opens"),
        ("after_days = 5", "after_days = -5", "ladders[1].rungs[4].at.after_days"),
        ("after_hours = 24", "after_hours = -24", "ladders[5].rungs[4].at.after_hours"),
        ('{ after_days = 7 }, to = "mayor"', '{ after_days = 7 }, to = "walikota"', "ladders[2].rungs[5].to"),
        ('{ after_days = 7 }, to = "mayor"', '{ after_days = 7 }, to = "head"', "ladders[2].rungs[5].name"),
        ('name = "desk_sekda"', 'name = " "', "ladders[6].rungs[3].name"),
    ],
)
def test_a_mistake_is_named_with_the_line_it_stands_on(tmp_path: Path, old: str, new: str, field: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(TEXT.replace(old, new, 1), "utf-8")
    line = next(n for n, written in enumerate(file.read_text("utf-8").splitlines(), 1) if new in written)
    with pytest.raises(PolicyError) as refused:
        load_policy(file)
    assert str(refused.value).startswith(f"policy.toml:{line}: {field}: ")


def test_how_long_data_is_kept_is_read_alone_as_with_all_the_rules(tmp_path: Path) -> None:
    assert load_retention(DATA / "policy.toml") == load_policy(DATA / "policy.toml").retention
    file = tmp_path / "policy.toml"
    file.write_text(TEXT.replace("photo_months = ", "photo_moons = ", 1), "utf-8")
    with pytest.raises(PolicyError, match=r"policy\.toml:\d+: retention\.photo_months: is missing"):
        load_retention(file)


def test_a_ladder_out_of_order_is_named_with_the_line_of_its_first_rung(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(TEXT.replace("after_days = 7", "after_days = 2"), "utf-8")
    with pytest.raises(PolicyError) as refused:
        load_policy(file)
    begins = TEXT.splitlines().index('kinds = ["bumd", "rsud"]') + 1
    assert str(refused.value).startswith(f"policy.toml:{begins + 2}: ladders[2].rungs: must climb")


def test_a_field_that_is_missing_leads_to_its_table() -> None:
    assert TEXT.splitlines()[line_of(TEXT, "urgent.no_such_field") - 1] == "[urgent]"
