"""How a case of a list stands, in a few words: how long is left, and who has taken it."""

from __future__ import annotations

from datetime import datetime
from textwrap import shorten

from functions.views.context import Context
from functions.views.mail_text import one_line
from functions.views.officer_words import Tag, hours_words
from functions.views.words import short_date, short_moment
from workflows.domain.calendar import WIB, local_day
from workflows.domain.complaint import SCHEDULED, WAITING, Complaint
from workflows.domain.ladder import owed_by

LONGEST_NAME = 40


def due_words(ctx: Context, complaint: Complaint) -> Tag:
    """Working days, or hours where there is danger, left or gone; a clock that stands has neither."""
    deadline = complaint.answer_by
    if complaint.state == WAITING or deadline is None:
        return Tag("menunggu pelapor")
    if complaint.urgent:
        return Tag(hours_words(deadline, ctx.now), "late" if deadline <= ctx.now else "wait")
    days = ctx.policy.calendar().working_days_between(ctx.now, deadline)
    if deadline <= ctx.now:
        return Tag(f"lewat {-days} hari kerja" if days < 0 else "lewat batas waktu", "late")
    if local_day(deadline) == local_day(ctx.now):
        return Tag("habis hari ini", "wait")
    return Tag(f"sisa {days} hari kerja" if days > 0 else f"habis {short_date(deadline)}")


def is_overdue(ctx: Context, complaint: Complaint) -> bool:
    """Whether somebody owes an answer by now."""
    deadline = owed_by(complaint)
    return deadline is not None and deadline <= ctx.now


def taken_words(ctx: Context, complaint: Complaint) -> str:
    """“diterima oleh Pak A., 08.12”: the name that the officer typed, and when; or that nobody has."""
    held = complaint.assignment
    if held is None or held.acknowledged_at is None:
        return "belum diterima, batas terimanya lewat" if held and held.ack_missed else "belum diterima"
    from workflows.domain.masking import mask

    officer = shorten(one_line(mask(held.officer)), LONGEST_NAME, placeholder="…")
    taken = f"diterima oleh {officer}, " if officer else "diterima "
    return f"{taken}{clock(held.acknowledged_at, ctx.now)}"


def plan_words(ctx: Context, complaint: Complaint) -> str:
    """The day it is scheduled for, and the unit it was handed on to; empty for most."""
    held = complaint.assignment
    unit = ctx.directory.unit(held.unit) if held and held.unit else None
    scheduled = complaint.scheduled_for if complaint.state == SCHEDULED else None
    parts = (f"dijadwalkan {short_date(scheduled)}" if scheduled else "", f"di {unit.short}" if unit else "")
    return ", ".join(filter(None, parts))


def clock(at: datetime, now: datetime) -> str:
    """08.12 today; Rab, 25 Nov, 08.12 on another day."""
    return f"{at.astimezone(WIB):%H.%M}" if local_day(at) == local_day(now) else short_moment(at)
