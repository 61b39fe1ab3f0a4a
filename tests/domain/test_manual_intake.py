"""What an operator says of a report that came by another way: which channel, when it came, its number."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import MONDAY, POLICY, wib
from workflows.domain.complaint.records import BY_FORM, CHANNELS, Arrival
from workflows.domain.intake.manual import FIELDS, MAX_REF_LENGTH, read_arrival
from workflows.errors import InvalidInput

DAYS = POLICY.intake_days


def read(**fields: str) -> tuple[Arrival, Any]:
    return read_arrival({"channel": "counter"} | fields, DAYS, MONDAY)


def errors(**fields: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read(**fields)
    return [(error.field, error.code) for error in refused.value.errors]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_alone_is_enough_and_it_came_just_now(channel: str) -> None:
    ref = {"external_ref": "12"} if channel == "sp4n" else {}
    assert read(channel=channel, **ref) == (Arrival(channel, ref.get("external_ref", ""), MONDAY), MONDAY)


@pytest.mark.parametrize(
    ("typed", "code"), [("loket", "counter"), ("Telepon", "phone"), (" SURAT ", "letter"), ("WhatsApp", "whatsapp")]
)
def test_a_channel_may_be_named_as_people_here_call_it(typed: str, code: str) -> None:
    assert read(channel=typed)[0].channel == code


@pytest.mark.parametrize(("typed", "code"), [("", "no_channel"), ("fax", "bad_choice"), ("form", "bad_choice")])
def test_it_is_always_one_of_them(typed: str, code: str) -> None:
    assert errors(channel=typed) == [("channel", code)]


@pytest.mark.parametrize(
    "fields",
    [
        {"received_at": "2026-07-03T14:05"},
        {"received_at": "2026-07-03 14:05:00"},
        {"received_at": "2026-07-03T14:05:00+07:00"},
        {"received_at": "2026-07-03T07:05:00Z"},
        {"received_date": "2026-07-03", "received_time": "14:05"},
        {"received_date": "2026-07-03", "received_time": "14.05"},
        {"received_at": "2026-07-03T14:05", "received_date": "x"},
    ],
)
def test_a_moment_is_the_city_s_unless_it_says_otherwise(fields: dict[str, str]) -> None:
    assert read(**fields)[1] == wib("2026-07-03 14:05")


@pytest.mark.parametrize("fields", [{"received_at": "2026-07-03"}, {"received_date": "2026-07-03"}])
def test_without_an_hour_it_is_the_beginning_of_the_day(fields: dict[str, str]) -> None:
    assert read(**fields)[1] == wib("2026-07-03 00:00")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"received_at": "kemarin"}, ("received_at", "bad_moment")),
        ({"received_at": "0001-01-01T00:00+14:00"}, ("received_at", "bad_moment")),
        ({"received_date": "3 Juli"}, ("received_date", "bad_date")),
        ({"received_date": "2026-07-03", "received_time": "siang"}, ("received_time", "bad_time")),
        ({"received_time": "10:00"}, ("received_date", "no_date")),
        ({"received_at": "2026-07-06T09:01"}, ("received_at", "moment_ahead")),
        ({"received_date": "2026-07-07"}, ("received_date", "moment_ahead")),
        ({"received_date": "2026-07-06", "received_time": "09:01"}, ("received_time", "moment_ahead")),
        ({"received_at": "2026-06-06T08:59"}, ("received_at", "moment_too_old")),
        ({"received_date": "2026-06-06"}, ("received_date", "moment_too_old")),
    ],
)
def test_a_moment_that_cannot_be_is_named_by_its_field(fields: dict[str, str], wrong: tuple[str, str]) -> None:
    assert errors(**fields) == [wrong]


def test_now_and_the_oldest_day_are_taken() -> None:
    assert read(received_at="2026-07-06T09:00")[1] == MONDAY
    assert read(received_at="2026-06-06T09:00")[1] == MONDAY - timedelta(days=DAYS)


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("", "no_ref"),
        ("-", "no_ref"),
        ("tanpa nomor", "no_ref"),
        ("x" * (MAX_REF_LENGTH + 1), "too_long"),
        ("a\x00b", "unreadable"),
    ],
)
def test_a_number_of_sp4n_is_needed_short_and_readable(ref: str, code: str) -> None:
    assert errors(channel="sp4n", external_ref=ref) == [("external_ref", code)]


def test_every_mistake_is_named_at_once() -> None:
    assert errors(channel="", received_at="x", external_ref="x" * 99) == [
        ("channel", "no_channel"),
        ("received_at", "bad_moment"),
        ("external_ref", "too_long"),
    ]


def test_the_same_number_is_the_same_however_spaced_within_its_channel() -> None:
    one, same, other = Arrival("sp4n", "LP 12 3"), Arrival("sp4n", "lp  123"), Arrival("letter", "LP 12 3")
    assert one.identity == same.identity != other.identity
    assert BY_FORM.identity == Arrival("letter").identity == ""


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_whatever_is_typed_is_read_or_refused(fields: dict[str, str]) -> None:
    try:
        _, at = read_arrival(fields, DAYS, MONDAY)
    except InvalidInput as refused:
        assert {error.field for error in refused.errors} <= set(FIELDS)
    else:
        assert MONDAY - timedelta(days=DAYS) <= at <= MONDAY
