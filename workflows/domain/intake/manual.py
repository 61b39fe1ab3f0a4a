"""Checks what an operator enters about a complaint's origin: channel, time, external number."""

from __future__ import annotations
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from workflows.domain.complaint.records import CHANNELS, SP4N, Arrival
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.intake.submission import readable, tidy
from workflows.errors import FieldError, InvalidInput

FIELDS = ("channel", "received_at", "received_date", "received_time", "external_ref")
MAX_REF_LENGTH = 60
SPOKEN = {"loket": "counter", "telepon": "phone", "surat": "letter"}
"""Channels as people here call them."""


def read_arrival(fields: Mapping[str, str], most_days: int, now: datetime) -> tuple[Arrival, datetime]:
    """(origin, time): without a time it is now, with only a date the beginning of that day. `received_at` (ISO
    8601, by default WIB) comes before `received_date` and `received_time`. InvalidInput has one FieldError per
    invalid field.
    """
    typed = {name: tidy(fields.get(name, "")) for name in FIELDS}
    channel = SPOKEN.get(typed["channel"].casefold(), typed["channel"].casefold())
    ref = " ".join(typed["external_ref"].split())
    at, wrong = _moment(typed, now)
    errors = [_channel_error(channel), wrong or _out_of_reach(typed, at, most_days, now), _ref_error(channel, ref)]
    if found := [error for error in errors if error]:
        raise InvalidInput(found)
    return Arrival(channel, ref, now), at


def _channel_error(channel: str) -> FieldError | None:
    if channel in CHANNELS:
        return None
    return FieldError("channel", "bad_choice" if channel else "no_channel")


def _ref_error(channel: str, ref: str) -> FieldError | None:
    if not readable(ref):
        return FieldError("external_ref", "unreadable")
    if len(ref) > MAX_REF_LENGTH:
        return FieldError("external_ref", "too_long", {"max": MAX_REF_LENGTH, "n": len(ref)})
    return FieldError("external_ref", "no_ref") if channel == SP4N and not Arrival(channel, ref).identity else None


def _moment(typed: Mapping[str, str], now: datetime) -> tuple[datetime, FieldError | None]:
    """(the typed moment, None); (`now`, an error or None) for an invalid or empty one."""
    day, hour = typed["received_date"], typed["received_time"]
    if typed["received_at"]:
        found = _parsed(typed["received_at"])
        return found or now, None if found else FieldError("received_at", "bad_moment")
    if not day:
        return now, FieldError("received_date", "no_date") if hour else None
    if (of_day := _date(day)) is None:
        return now, FieldError("received_date", "bad_date")
    if (of_clock := _time(hour)) is None:
        return now, FieldError("received_time", "bad_time")
    return datetime.combine(of_day, of_clock, WIB), None


def _out_of_reach(typed: Mapping[str, str], at: datetime, most_days: int, now: datetime) -> FieldError | None:
    field = "received_at" if typed["received_at"] else "received_date"
    if at > now:
        same_day = field == "received_date" and at.date() == now.astimezone(WIB).date()
        return FieldError("received_time" if same_day else field, "moment_ahead")
    if now - at > timedelta(days=most_days):
        return FieldError(field, "moment_too_old", {"days": most_days})
    return None


def _parsed(typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed)
        return found.astimezone(WIB) if found.tzinfo else found.replace(tzinfo=WIB)
    except (ValueError, OverflowError):
        return None


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _time(typed: str) -> time | None:
    """A time with dot or colon, as written here; midnight for an empty one."""
    try:
        return time.fromisoformat(typed.replace(".", ":").zfill(5)).replace(tzinfo=None) if typed else time()
    except ValueError:
        return None
