"""The city's rules on time, read from data: days to accept and answer, office hours, limits, and by kind of holder
the ladder of escalation levels.
"""

from __future__ import annotations
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from workflows.domain.deadlines.calendar import OfficeHours, WorkCalendar
from workflows.domain.deadlines.city_days import NationalDays, Override
from workflows.domain.privacy.retention import Retention, read_retention
from workflows.domain.toml_table import Table
from workflows.frozen import frozen

URGENT = "urgent"
URGENT_DESK = "urgent_desk"
DESK = "desk"
OFFICES = ("dinas", "badan", "satuan", "inspektorat", "sekretariat", "bumd", "rsud", "kecamatan")
HOLDERS = (*OFFICES, DESK, URGENT, URGENT_DESK)
TABLES = ("sekda", "mayor")
"""People who get one executive report a day, and no mail about a single complaint."""
PEOPLE = ("head", *TABLES)
"""People above a holder, lowest first. The other levels are reminders to the holder itself."""


@frozen
class EscalationLevel:
    """One level of a ladder: at its moment `to` is told: the holder (department or desk), or one of PEOPLE. The
    moment is a share of the time to the deadline, or (`share` None) a number of working days, or hours, after it.
    """

    name: str
    to: str
    share: float | None = None
    after_days: int = 0
    after_hours: int = 0

    @property
    def tabled(self) -> bool:
        """Whether it is a row of an executive report, not a mail about the complaint."""
        return self.to in TABLES


Ladders = Mapping[str, tuple[EscalationLevel, ...]]


def levels_ahead(rungs: Sequence[EscalationLevel], climbed: Collection[str]) -> tuple[EscalationLevel, ...]:
    """The levels still to reach, in order. If another kind's ladder has already put the complaint into a higher
    person's report, lower people are skipped; reminders to the holder never are.
    """
    last = max((place for place, rung in enumerate(rungs) if rung.name in climbed), default=-1)
    left = [rung for place, rung in enumerate(rungs) if place > last or rung.to not in PEOPLE]
    return tuple(rung for rung in left if rung.name not in climbed)


def read_ladders(top: Table) -> Ladders:
    """Every kind's ladder from `ladders`; ValueError names the invalid key, or the kind without one."""
    ladders: dict[str, tuple[EscalationLevel, ...]] = {}
    known: dict[str, tuple[str, str]] = {}
    for table in top.tables("ladders"):
        kinds = table.texts("kinds", HOLDERS)
        rungs = _levels(table, _holder(table, kinds), known)
        table.finish()
        for kind in kinds:
            if kind in ladders:
                raise table.wrong("kinds", f"{kind} has a ladder already")
            ladders[kind] = rungs
    for kind in HOLDERS:
        if kind not in ladders:
            raise top.wrong("ladders", f"{kind} has no ladder")
    return MappingProxyType(ladders)


def _holder(table: Table, kinds: Collection[str]) -> str:
    """The recipient of a ladder's reminders."""
    holders = {DESK if kind in (DESK, URGENT_DESK) else "department" for kind in kinds}
    if len(holders) != 1:
        raise table.wrong("kinds", "must name departments or the desk, and not both")
    return holders.pop()


def _levels(ladder: Table, holder: str, known: dict[str, tuple[str, str]]) -> tuple[EscalationLevel, ...]:
    rungs = tuple(_level(table, holder, known) for table in ladder.tables("rungs"))
    if not rungs:
        raise ladder.wrong("rungs", "must name at least one rung")
    if len({rung.name for rung in rungs}) != len(rungs):
        raise ladder.wrong("rungs", "two rungs have the same name")
    heights = [(rung.share is None, rung.share or rung.after_days * 24 + rung.after_hours) for rung in rungs]
    if any(low >= high for low, high in pairwise(heights)):
        raise ladder.wrong("rungs", "must climb: each later than the one before")
    if not all(_goes_up(low, high) for low, high in pairwise(rungs)):
        raise ladder.wrong("rungs", f"must climb: each of {', '.join(PEOPLE)} once, and in this order")
    return rungs


def _goes_up(low: EscalationLevel, high: EscalationLevel) -> bool:
    if low.to not in PEOPLE:
        return True
    return high.to in PEOPLE and PEOPLE.index(low.to) < PEOPLE.index(high.to)


def _level(table: Table, holder: str, known: dict[str, tuple[str, str]]) -> EscalationLevel:
    """A name means the same on every ladder: it records what a complaint has reached when its holder changes."""
    at = table.table("at")
    name, to = table.text("name"), table.text("to", (holder, *PEOPLE))
    if known.setdefault(name, (holder, to)) != (holder, to):
        raise table.wrong("name", f"{name} is somebody else's rung on another ladder")
    share = at.share("share") if "share" in at else None
    hours = at.integer("after_hours") if "after_hours" in at else None
    days = at.integer("after_days") if share is None and hours is None else 0
    at.finish()
    table.finish()
    return EscalationLevel(name, to, share, days, hours or 0)


KINDS = ("aduan", "pertanyaan", "saran")


@frozen
class Days:
    """Working days to accept a report and to answer it."""

    ack: int
    answer: int


@frozen
class Urgent:
    """Around the clock: time to accept, to answer, for a question to the citizen, and for the desk to phone."""

    ack: timedelta
    answer: timedelta
    ask: timedelta
    call: timedelta


@frozen
class MailRetries:
    """Retries of a mail that a server deferred, and the daily limit of mails to an unread address. `many_waiting`:
    number of held-back notices from which the desk is told.
    """

    backoff: tuple[timedelta, ...]
    then_every: timedelta
    give_up_after: timedelta
    lease: timedelta
    unread_per_day: int
    many_waiting: int

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after the n-th failure, n from 1."""
        return self.backoff[failures - 1] if failures <= len(self.backoff) else self.then_every


@frozen
class Policy:
    """One version of the rules. Days are working days, but for those of links, schedules and questionnaires."""

    version: int
    valid_from: date
    default: Days
    urgent: Urgent
    desk_days: int
    ask_days: int
    confirm_days: int
    dispute_days: int
    questionnaire_days: int
    link_days: int
    max_schedule_days: int
    max_forwards: int
    form_max_age_hours: int
    intake_days: int
    tell_tries: int
    senders_per_hour: int
    senders_most_per_hour: int
    typing_seconds: int
    additions_per_day: int
    kinds: Mapping[str, Mapping[str, int]]
    categories: Mapping[str, Mapping[str, int]]
    ladders: Ladders
    mail: MailRetries
    retention: Retention
    work: WorkCalendar

    def days_for(self, category: str | None, kind: str | None) -> Days:
        """The category's days before the kind's before the default. Accepting is never due after answering."""
        own = {"ack": self.default.ack, "answer": self.default.answer}
        own |= {**self.kinds.get(kind or "", {}), **self.categories.get(category or "", {})}
        return Days(min(own["ack"], own["answer"]), own["answer"])

    def is_urgent(self, category: str | None) -> bool:
        """Whether everything of a category counts as danger."""
        return bool(self.categories.get(category or "", {}).get(URGENT))

    def ladder_for(self, kind: str, urgent: bool = False) -> tuple[EscalationLevel, ...]:
        """The levels of a kind of holder, first to last; those of a dinas for a kind that a newer release added.

        Danger is told sooner, but only to those who stand on the kind's own ladder.
        """
        own = self.ladders.get(kind, self.ladders[OFFICES[0]])
        if not urgent:
            return own
        told = {rung.to for rung in own}
        faster = self.ladders[URGENT_DESK if kind == DESK else URGENT]
        return tuple(rung for rung in faster if rung.to in told)

    def calendar(self) -> WorkCalendar:
        """The working time these rules count in."""
        return self.work


def read_policy(text: str, national: NationalDays) -> Policy:
    """The rules in a TOML text, on top of the national days.

    ValueError names the key that is wrong, misspelt or missing.
    """
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
        questionnaire_days=top.integer("questionnaire_days", least=1),
        link_days=top.integer("link_days", least=1),
        max_schedule_days=top.integer("max_schedule_days", least=1),
        max_forwards=top.integer("max_forwards"),
        form_max_age_hours=top.integer("form_max_age_hours", least=1),
        intake_days=top.integer("intake_days", least=1),
        tell_tries=top.integer("tell_tries", least=1),
        senders_per_hour=top.integer("senders_per_hour", least=1),
        senders_most_per_hour=top.integer("senders_most_per_hour", least=1),
        typing_seconds=top.integer("typing_seconds", least=1),
        additions_per_day=top.integer("additions_per_day", least=1),
        kinds=_exceptions(top, "kinds", KINDS),
        categories=_exceptions(top, "categories"),
        ladders=read_ladders(top),
        mail=_mail(top.table("mail")),
        retention=read_retention(top.table("retention")),
        work=_calendar(top.table("calendar"), national),
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


def _mail(table: Table) -> MailRetries:
    retries = MailRetries(
        backoff=tuple(timedelta(minutes=n) for n in table.integers("backoff_minutes", least=1)),
        then_every=timedelta(minutes=table.integer("then_every_minutes", least=1)),
        give_up_after=timedelta(hours=table.integer("give_up_hours", least=1)),
        lease=timedelta(seconds=table.integer("lease_seconds", least=1)),
        unread_per_day=table.integer("unread_per_day", least=1),
        many_waiting=table.integer("many_waiting", least=1),
    )
    table.finish()
    return retries


def _calendar(table: Table, national: NationalDays) -> WorkCalendar:
    hours = tuple(_hours(entry) for entry in table.tables("hours"))
    days = [_override(entry, working=False) for entry in table.tables("holidays")]
    days += [_override(entry, working=True) for entry in table.tables("working_days")]
    decreed = frozenset(table.integers("decreed_years", least=1))
    table.finish()
    try:
        return WorkCalendar(national, hours, tuple(days), decreed)
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
