"""The city's rules on time: days to accept and answer, the ladder, office hours, limits. Read from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from workflows.domain.calendar import OfficeHours, Override, WorkCalendar
from workflows.domain.toml_table import Table

URGENT = "urgent"
URGENT_DESK = "urgent_desk"
OFFICES = ("dinas", "badan", "satuan", "inspektorat", "sekretariat", "bumd", "rsud", "kecamatan")
HOLDERS = (*OFFICES, "desk", URGENT, URGENT_DESK)
RECIPIENTS = ("department", "desk", "head", "sekda", "mayor")
KINDS = ("aduan", "pertanyaan", "saran")
MODES = ("mail", "table")


@dataclass(frozen=True)
class Days:
    """Working days to accept a report and to answer it."""

    ack: int
    answer: int


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: by then, tell `to`, by a mail about the case or a line in a daily table.

    It stands at a share of the time to the deadline, or (`share` None) so many working days, or hours, after it.
    """

    name: str
    to: str
    mode: str
    share: float | None = None
    after_days: int = 0
    after_hours: int = 0


@dataclass(frozen=True)
class Urgent:
    """Around the clock: time to accept, to answer, for a question to the citizen, and for the desk to phone."""

    ack: timedelta
    answer: timedelta
    ask: timedelta
    call: timedelta


@dataclass(frozen=True)
class MailRetries:
    """How a letter that a server did not take is tried again."""

    backoff: tuple[timedelta, ...]
    then_every: timedelta
    give_up_after: timedelta
    lease: timedelta

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after the n-th failure, n from 1."""
        return self.backoff[failures - 1] if failures <= len(self.backoff) else self.then_every


@dataclass(frozen=True)
class Policy:
    """One version of the rules. Days are working days, but for link_days and max_schedule_days."""

    version: int
    valid_from: date
    default: Days
    urgent: Urgent
    desk_days: int
    ask_days: int
    confirm_days: int
    dispute_days: int
    link_days: int
    max_schedule_days: int
    max_forwards: int
    form_max_age_hours: int
    senders_per_hour: int
    additions_per_day: int
    kinds: Mapping[str, Mapping[str, int]]
    categories: Mapping[str, Mapping[str, int]]
    ladders: Mapping[str, tuple[Rung, ...]]
    mail: MailRetries
    work: WorkCalendar

    def days_for(self, category: str | None, kind: str | None) -> Days:
        """The category's days before the kind's before the default. Accepting is never due after answering."""
        own = {"ack": self.default.ack, "answer": self.default.answer}
        own |= {**self.kinds.get(kind or "", {}), **self.categories.get(category or "", {})}
        return Days(min(own["ack"], own["answer"]), own["answer"])

    def is_urgent(self, category: str | None) -> bool:
        """Whether everything of a category counts as danger."""
        return bool(self.categories.get(category or "", {}).get(URGENT))

    def ladder_for(self, kind: str) -> tuple[Rung, ...]:
        """The rungs of a kind of holder, first to last; KeyError for a kind outside HOLDERS."""
        return self.ladders[kind]

    def calendar(self) -> WorkCalendar:
        """The working time these rules count in."""
        return self.work


def read_policy(text: str) -> Policy:
    """The rules in a TOML text; ValueError names the key that is wrong, misspelt or missing."""
    top = Table.parse(text)
    policy = Policy(
        version=top.integer("version", least=1),
        valid_from=top.day("valid_from"),
        default=_days(top),
        urgent=_urgent(top.table("urgent")),
        desk_days=top.integer("desk_days", least=1),
        ask_days=top.integer("ask_days", least=1),
        confirm_days=top.integer("confirm_days", least=1),
        dispute_days=top.integer("dispute_days", least=1),
        link_days=top.integer("link_days", least=1),
        max_schedule_days=top.integer("max_schedule_days", least=1),
        max_forwards=top.integer("max_forwards"),
        form_max_age_hours=top.integer("form_max_age_hours", least=1),
        senders_per_hour=top.integer("senders_per_hour", least=1),
        additions_per_day=top.integer("additions_per_day", least=1),
        kinds=_exceptions(top, "kinds", KINDS),
        categories=_exceptions(top, "categories"),
        ladders=_ladders(top),
        mail=_mail(top.table("mail")),
        work=_calendar(top.table("calendar")),
    )
    top.finish()
    return policy


def _days(table: Table) -> Days:
    days = Days(table.integer("ack_days", least=1), table.integer("answer_days", least=1))
    if days.ack > days.answer:
        raise table.wrong("ack_days", "must not be longer than answer_days")
    return days


def _urgent(table: Table) -> Urgent:
    ack, answer, ask = (table.integer(f"{what}_hours", least=1) for what in ("ack", "answer", "ask"))
    if ack > answer:
        raise table.wrong("ack_hours", "must not be longer than answer_hours")
    call = timedelta(minutes=table.integer("call_minutes", least=1))
    table.finish()
    return Urgent(timedelta(hours=ack), timedelta(hours=answer), timedelta(hours=ask), call)


def _exceptions(top: Table, key: str, known: tuple[str, ...] | None = None) -> Mapping[str, Mapping[str, int]]:
    found = {}
    for name, table in top.named_tables(key).items():
        if known and name not in known:
            raise ValueError(f"{key}.{name}: must be one of {', '.join(known)}")
        names = [field for field in ("ack", "answer") if f"{field}_days" in table]
        days = {field: table.integer(f"{field}_days", least=1) for field in names}
        found[name] = MappingProxyType(days | {URGENT: 1} if table.flag(URGENT) else days)
        table.finish()
    return MappingProxyType(found)


def _ladders(top: Table) -> Mapping[str, tuple[Rung, ...]]:
    ladders: dict[str, tuple[Rung, ...]] = {}
    for table in top.tables("ladders"):
        kinds, rungs = table.texts("kinds", HOLDERS), _rungs(table)
        table.finish()
        for kind in kinds:
            if kind in ladders:
                raise table.wrong("kinds", f"{kind} has a ladder already")
            ladders[kind] = rungs
    for kind in HOLDERS:
        if kind not in ladders:
            raise top.wrong("ladders", f"{kind} has no ladder")
    return MappingProxyType(ladders)


def _rungs(ladder: Table) -> tuple[Rung, ...]:
    rungs = tuple(_rung(table) for table in ladder.tables("rungs"))
    if not rungs:
        raise ladder.wrong("rungs", "must name at least one rung")
    if len({rung.name for rung in rungs}) != len(rungs):
        raise ladder.wrong("rungs", "two rungs have the same name")
    heights = [(rung.share is None, rung.share or rung.after_days * 24 + rung.after_hours) for rung in rungs]
    if any(low >= high for low, high in pairwise(heights)):
        raise ladder.wrong("rungs", "must climb: each later than the one before")
    return rungs


def _rung(table: Table) -> Rung:
    at = table.table("at")
    name, to, mode = table.text("name"), table.text("to", RECIPIENTS), table.text("mode", MODES)
    share = at.share("share") if "share" in at else None
    hours = at.integer("after_hours") if "after_hours" in at else None
    days = at.integer("after_days") if share is None and hours is None else 0
    at.finish()
    table.finish()
    return Rung(name, to, mode, share, days, hours or 0)


def _mail(table: Table) -> MailRetries:
    retries = MailRetries(
        backoff=tuple(timedelta(minutes=n) for n in table.integers("backoff_minutes", least=1)),
        then_every=timedelta(minutes=table.integer("then_every_minutes", least=1)),
        give_up_after=timedelta(hours=table.integer("give_up_hours", least=1)),
        lease=timedelta(seconds=table.integer("lease_seconds", least=1)),
    )
    table.finish()
    return retries


def _calendar(table: Table) -> WorkCalendar:
    hours = tuple(_hours(entry) for entry in table.tables("hours"))
    days = [_override(entry, working=False) for entry in table.tables("holidays")]
    days += [_override(entry, working=True) for entry in table.tables("working_days")]
    decreed = frozenset(table.integers("decreed_years", least=1))
    table.finish()
    try:
        return WorkCalendar(hours, tuple(days), decreed)
    except ValueError as error:
        raise ValueError(f"calendar: {error}") from error


def _hours(table: Table) -> OfficeHours:
    hours = OfficeHours(table.day("valid_from"), table.time_of_day("opens"), table.time_of_day("closes"))
    table.finish()
    return hours


def _override(table: Table, working: bool) -> Override:
    override = Override(table.day("date"), working, table.text("name"))
    table.finish()
    return override
