"""A moment as people and scripts type it into the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from infra.embedded.scheduler import GRACE
from workflows.domain.calendar import WIB

FURTHEST = timedelta(days=731)


class NoMoment(ValueError):
    """What was typed is no moment the clock can go to; the message is for the person."""


def read_moment(typed: str, now: datetime) -> datetime:
    """ISO 8601 in UTC; without an offset it is WIB. NoMoment when unreadable, past, or over two years ahead.

    A moment only just past is a "now" that was told to somebody and comes back.
    """
    at = _parse(typed.strip())
    if at < now - GRACE:
        raise NoMoment("Jam tidak bisa mundur. Pilih waktu setelah sekarang.")
    if at - now > FURTHEST:
        raise NoMoment("Jam maju paling jauh dua tahun sekali jalan.")
    return at


def _parse(typed: str) -> datetime:
    # In a form's body a bare "+" is a space, and people do send +07:00 that way.
    for candidate in (typed, "+".join(typed.rsplit(" ", 1))):
        try:
            at = datetime.fromisoformat(candidate)
            return (at if at.tzinfo else at.replace(tzinfo=WIB)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    raise NoMoment("Waktu ini tidak terbaca. Contoh: 2026-11-24T08:00")
