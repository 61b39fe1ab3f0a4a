"""Who may see what of a complaint, declared once for each stored field; a field without a row is shown to nobody.

Also who may not get a restricted complaint or hear of it: the accused office and those excluded with it, and the
operators if it accuses those who run the desk (another office then handles it and its data requests). Operators
may phone about a restricted complaint of a department by its ticket, and read nothing of it.
"""

from __future__ import annotations
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, TimelineEvent
from workflows.domain.directory import EXTERNAL, OWN_OFFICES, Department, Directory
from workflows.domain.documents import fields_of, stored_fields, write_record
from workflows.domain.offices import SEKDA
from workflows.errors import FieldError, InvalidInput

_KECAMATAN = "KEC"


def excluded_offices(complaint: Complaint) -> frozenset[str]:
    """The codes recorded by routing; for a decision of an old release the accused office alone."""
    decision = complaint.routing
    return frozenset(decision.kept_out or filter(None, (decision.accuses,)))


def can_receive(complaint: Complaint, code: str) -> bool:
    """False for the accused and excluded offices; for every kecamatan if it is unknown which one is meant."""
    out = excluded_offices(complaint)
    return code not in out and not (_KECAMATAN in out and code.startswith(f"{_KECAMATAN}-"))


def can_be_notified(complaint: Complaint, person: str) -> bool:
    """`person`: whose level or executive report it is. The people of the departments' own ladder always may."""
    return excluded_offices(complaint).isdisjoint(OWN_OFFICES.get(person, ()))


def receivers(directory: Directory, complaint: Complaint) -> tuple[Department, ...]:
    """Every department of the city that can get this complaint."""
    return tuple(department for department in directory.assignable() if can_receive(complaint, department.code))


def require_not_accused(complaint: Complaint, department: Department) -> None:
    """InvalidInput (`to`: `accused`) if that department may not get the complaint from anybody."""
    if not can_receive(complaint, department.code):
        raise InvalidInput([FieldError("to", "accused", {"opd": department.short})])


LAST_RESORT = "EXT-OMBUDSMAN"
"""The institution if nobody in the city may hear of it."""


def conflict_handler(complaint: Complaint, directory: Directory) -> Department | None:
    """The office that hears it by the city's own table; None if that is nobody in the city."""
    office = directory.receiver(heard_by(complaint))
    return office if office and can_receive(complaint, office.code) else None


def heard_outside(complaint: Complaint) -> bool:
    """Whether only somebody outside the city may hear of it: nobody here could read an objection."""
    return not complaint.desk_may_read and heard_by(complaint) == EXTERNAL


def require_not_for_desk(complaint: Complaint, directory: Directory, field: str) -> None:
    """Raise InvalidInput(field) if the action would send a complaint about the desk's own office to the desk.

    Its department keeps it, or forwards it to the office that hears such accusations: at the desk no operator
    could see it, so nobody would have it.
    """
    if complaint.desk_may_read:
        return
    office = conflict_handler(complaint, directory)
    if office is None or office.code == complaint.opd:
        raise InvalidInput([FieldError(field, "not_for_desk")])
    raise InvalidInput([FieldError(field, "not_for_desk_but", {"opd": office.short})])


def heard_by(complaint: Complaint) -> str:
    """The code of the office that routing chose, possibly EXTERNAL; '' before routing."""
    return complaint.routing.opd


def is_hidden_from_desk(complaint: Complaint) -> bool:
    """Whether only its department may see its contents."""
    return complaint.restricted and complaint.assignment is not None


def is_public(complaint: Complaint) -> bool:
    """Whether anybody may read it: neither confidential nor restricted, and nobody must not hear of it."""
    apart = complaint.restricted or bool(excluded_offices(complaint))
    return not complaint.is_confidential and not apart


ABOVE = ("INSPEKTORAT", SEKDA)


def office_of(complaint: Complaint) -> str:
    """The office that has the complaint, else the one that hears it; '' where the desk answers as usual. If that
    is nobody in the city, the first of those above the departments who is not excluded.
    """
    if complaint.desk_may_read:
        return ""
    hearing = (complaint.opd or "", heard_by(complaint), *ABOVE)
    inside = (code for code in hearing if code not in ("", EXTERNAL))
    return next((code for code in inside if can_receive(complaint, code)), ABOVE[-1])


class Audience(StrEnum):
    """Who reads. Those who hold a link have the name of their role.

    public: anybody at all, such as a stranger who files a similar complaint. executive: those above the heads
    (Sekda, his assistants, mayor). former: whoever holds a link that opens the complaint no more. export: readers
    of open data. training: whoever trains the router with the desk's corrections.
    """

    REPORTER = "reporter"
    FOLLOWER = "follower"
    DEPARTMENT = "department"
    UNIT = "unit"
    HEAD = "head"
    DESK = "desk"
    EXECUTIVE = "executive"
    FORMER = "former"
    PUBLIC = "public"
    EXPORT = "export"
    TRAINING = "training"


REPORTER, FOLLOWER, DESK, EXECUTIVE = Audience.REPORTER, Audience.FOLLOWER, Audience.DESK, Audience.EXECUTIVE
FORMER, PUBLIC, EXPORT, TRAINING = Audience.FORMER, Audience.PUBLIC, Audience.EXPORT, Audience.TRAINING
OFFICES = (Audience.DEPARTMENT, Audience.UNIT, Audience.HEAD)
STAFF = (*OFFICES, DESK)
LINKED = (REPORTER, FOLLOWER, *STAFF, FORMER)
"""Those who hold a link to this one complaint, or held it."""


class Condition(StrEnum):
    """What a complaint has to be, that an audience may see a field of it."""

    OPEN_TO_DESK = "open to the desk"
    PUBLIC = "public"
    UNRESTRICTED = "unrestricted"
    NAMED = "not confidential"


_HOLDS: dict[Condition, Callable[[Complaint], bool]] = {
    Condition.OPEN_TO_DESK: lambda complaint: not is_hidden_from_desk(complaint),
    Condition.PUBLIC: is_public,
    Condition.UNRESTRICTED: lambda complaint: not complaint.restricted,
    Condition.NAMED: lambda complaint: not complaint.is_confidential,
}
Viewers = dict[Audience, Condition | None]
Row = tuple[str, Viewers]


def always(*audiences: Audience) -> Viewers:
    """These see the fields of every complaint."""
    return dict.fromkeys(audiences)


DESK_IF_OPEN: Viewers = {DESK: Condition.OPEN_TO_DESK}
CITIZENS_IF_PUBLIC: Viewers = {FOLLOWER: Condition.PUBLIC, PUBLIC: Condition.PUBLIC}

COMPLAINT: tuple[Row, ...] = (
    ("ticket", always(*LINKED, EXECUTIVE, PUBLIC) | {EXPORT: Condition.NAMED}),
    ("received_at", always(*Audience)),
    # What it says, and where.
    ("text place", always(REPORTER, *OFFICES, TRAINING) | DESK_IF_OPEN | CITIZENS_IF_PUBLIC),
    ("latitude longitude", always(REPORTER, *OFFICES) | DESK_IF_OPEN),
    ("photos.n photos.by", always(REPORTER, *OFFICES) | DESK_IF_OPEN | CITIZENS_IF_PUBLIC),
    ("photos.name photos.width photos.height", always(REPORTER, *OFFICES) | DESK_IF_OPEN),
    ("photos.phash photos.taken_at", always(*OFFICES) | DESK_IF_OPEN),
    (
        "kelurahan",
        always(REPORTER, *OFFICES)
        | DESK_IF_OPEN
        | CITIZENS_IF_PUBLIC
        | {EXECUTIVE: Condition.UNRESTRICTED, EXPORT: Condition.NAMED},
    ),
    (
        "category",
        always(REPORTER, *OFFICES, EXPORT, TRAINING)
        | DESK_IF_OPEN
        | CITIZENS_IF_PUBLIC
        | {EXECUTIVE: Condition.UNRESTRICTED},
    ),
    ("kind", always(REPORTER, *OFFICES, EXPORT, TRAINING) | DESK_IF_OPEN),
    ("reason", always(REPORTER, *STAFF, TRAINING) | {FOLLOWER: Condition.PUBLIC}),
    # Where it stands: in whose hands, since when, until when, and how it ended.
    ("state", always(*Audience)),
    ("assignment.opd assignment.kind assignment.generation assignment.since assignment.ack_by", always(*Audience)),
    ("assignment.acknowledged_at", always(*Audience)),
    ("assignment.ack_missed assignment.unit assignment.unit_key", always(*LINKED, EXECUTIVE)),
    ("assignment.officer assignment.called_at", always(*STAFF)),
    ("restricted urgent", always(*Audience)),
    ("visibility quarantine", always(*LINKED, PUBLIC, EXPORT)),
    ("external_to scheduled_for", always(*LINKED, EXECUTIVE, PUBLIC)),
    ("parent closed_as outcome disputes rungs ended_at", always(*LINKED, EXECUTIVE, EXPORT)),
    ("answer_by answered_at", always(*LINKED, EXECUTIVE, EXPORT)),
    ("clock_start desk_since desk_by returned_by table tabled", always(*LINKED, EXECUTIVE)),
    ("hops rating", always(*LINKED, EXPORT)),
    ("sequence updated_at generation renewed erased", always(*LINKED)),
    ("past_hands.generation past_hands.opd past_hands.until", always(*LINKED)),
    ("recall.until recall.sequence recall.generation recall.letters recall.before", always(*LINKED)),
    ("asked_at ask_until stood_minutes promised_by added_at", always(*LINKED)),
    ("confirm_by confirm_reminded reached_at reached_by answer_sequence", always(*LINKED)),
    ("call_by calls_missed questionnaire questionnaire_at nudged_at", always(*LINKED)),
    # How many follow it, and how it came.
    ("followed", always(REPORTER, *OFFICES) | DESK_IF_OPEN),
    ("arrival.channel arrival.noted_at", always(*LINKED, EXPORT)),
    ("arrival.external_ref", always(REPORTER, *STAFF)),
    # How its reporter can be reached. Name, e-mail and phone are no part of it.
    ("lang contact reachable by_phone", always(*LINKED)),
    ("contact_shown", always(*OFFICES, FORMER)),
    ("key_version mail_comes_back", always(REPORTER, *STAFF)),
    # What the router decided: whom it accuses, and why it went there.
    ("decision.desk", always(*LINKED, EXECUTIVE, PUBLIC, TRAINING)),
    (
        "decision.opd decision.accuses decision.kept_out",
        always(*(each for each in LINKED if each != DESK), EXECUTIVE, PUBLIC, TRAINING) | DESK_IF_OPEN,
    ),
    ("decision.kind", always(*OFFICES, TRAINING) | DESK_IF_OPEN),
    ("decision.top decision.why decision.because decision.external", always(*OFFICES) | DESK_IF_OPEN),
    ("decision.category decision.also decision.confident decision.urgent", always(*OFFICES) | DESK_IF_OPEN),
    ("decision.restricted decision.version decision.reason_public", always(*OFFICES) | DESK_IF_OPEN),
    # What offices prepare, and what only Laksa reads.
    ("draft.text draft.outcome draft.by draft.officer draft.at", always(*OFFICES) | DESK_IF_OPEN),
    ("draft.photos draft.unit draft.replaces draft.sequence draft.foreign", always(*OFFICES) | DESK_IF_OPEN),
    ("proofs acts next_check_at", always(*STAFF)),
    ("extra.drafts_told extra.late_told extra.by_link_told_at extra.link_sent_at", always(*STAFF)),
    ("extra.added_today.day extra.added_today.count", always(*STAFF)),
    ("erase_at", always(REPORTER, *STAFF)),
)
"""By the names under which a complaint is stored; `a.b` is b in the record, or in each record of the list, a."""

EVENT: tuple[Row, ...] = (
    ("event by opd facts hidden sequence at", always(REPORTER, *OFFICES, TRAINING) | DESK_IF_OPEN | CITIZENS_IF_PUBLIC),
    ("text", always(REPORTER, *OFFICES) | DESK_IF_OPEN | {FOLLOWER: Condition.PUBLIC}),
    ("internal officer", always(*OFFICES) | DESK_IF_OPEN),
)
"""Of a timeline event. Whoever may not see its `event` does not learn that there is one."""

SUBMISSION: tuple[Row, ...] = (
    ("message place kelurahan latitude longitude kind visibility lang contact", always(REPORTER, DESK)),
    ("name email phone", always(REPORTER, DESK)),
    ("channel received_at received_date received_time external_ref", always(DESK)),
)
"""Of a form: who gets back what was typed, when it comes back to be mended."""


def audience_of(role: str, about: str = "") -> Audience:
    """The audience of a link or notice of that role; about: the complaint that a follower's notice tells of."""
    if about:
        return FOLLOWER
    return REPORTER if role == CITIZEN else Audience(role)


def visible_fields(complaint: Complaint, audience: Audience, of: str = "complaint") -> frozenset[str]:
    """The names of the complaint's fields, or of those of its events (`event`), that the audience may see."""
    return _fields_of(of, audience, _holding(complaint, audience))


def seen_by(complaint: Complaint, audience: Audience) -> Complaint:
    """The complaint with no more in it than that audience may see; what is withheld has its default.

    For showing only: what comes back is never saved.
    """
    shown = visible_fields(complaint, audience)
    if _is_whole(shown):
        return complaint
    names, document = _by_field(shown), write_record(complaint)
    withheld = {name: blank for name, blank in _blanks().items() if name not in names}
    cut = {name: _inside(document.get(name), inside) for name, inside in names.items() if inside}
    changes = {name: new for name, new in (withheld | cut).items() if document.get(name, new) != new}
    if not changes and not complaint.unknown:
        return complaint
    return complaint.evolve(**fields_of(Complaint, changes) | {"unknown": {}})


@cache
def _blanks() -> dict[str, Any]:
    """Each stored field of a complaint → what is stored where it has its default, or nothing."""
    return write_record(Complaint("", "", datetime.min.replace(tzinfo=UTC)), every=True)


def timeline_seen_by(
    timeline: Iterable[TimelineEvent], complaint: Complaint, audience: Audience
) -> tuple[TimelineEvent, ...]:
    """The complaint's timeline with no more in each event than that audience may see; empty where it sees none."""
    shown = visible_fields(complaint, audience, "event")
    if "event" not in shown:
        return ()
    withheld = {name: blank for name, blank in _event_blanks().items() if name not in shown}
    return tuple(_without(event, withheld) for event in timeline)


def has_timeline(complaint: Complaint, audience: Audience) -> bool:
    """Whether that audience may see anything of the complaint's timeline."""
    return "event" in visible_fields(complaint, audience, "event")


def form_fields(names: Iterable[str], audience: Audience) -> tuple[str, ...]:
    """Those of a form's fields that may be given back to that audience."""
    shown = _fields_of("submission", audience)
    return tuple(name for name in names if name in shown)


Shown = TypeVar("Shown")


def all_seen_by(value: Shown, audience: Audience) -> Shown:
    """The same page, list or report, with each complaint in it as that audience may see it, at any depth."""
    return _all_seen_by(value, audience)  # type: ignore[no-any-return]


def _all_seen_by(value: Any, audience: Audience) -> Any:
    if isinstance(value, Complaint):
        return seen_by(value, audience)
    if isinstance(value, tuple | list):
        several = [_all_seen_by(item, audience) for item in value]
        if all(new is old for new, old in zip(several, value, strict=True)):
            return value
        return type(value)(several)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {each.name: _all_seen_by(getattr(value, each.name), audience) for each in fields(value)}
        changes = {name: new for name, new in changes.items() if new is not getattr(value, name)}
        return replace(value, **changes) if changes else value
    if isinstance(value, Mapping):
        pairs = {key: _all_seen_by(item, audience) for key, item in value.items()}
        return pairs if any(pairs[key] is not item for key, item in value.items()) else value
    return value


def _holding(complaint: Complaint, audience: Audience) -> frozenset[Condition]:
    """Which of the conditions that matter to that audience hold for this complaint."""
    return frozenset(each for each in _conditions_of(audience) if _HOLDS[each](complaint))


@cache
def _conditions_of(audience: Audience) -> tuple[Condition, ...]:
    found = (viewers.get(audience) for _, viewers in (*COMPLAINT, *EVENT))
    return tuple({condition for condition in found if condition})


_ROWS = {"complaint": COMPLAINT, "event": EVENT, "submission": SUBMISSION}


@cache
def _fields_of(thing: str, audience: Audience, holding: frozenset[Condition] = frozenset()) -> frozenset[str]:
    """The names of a complaint, an event or a submission that the audience sees while these conditions hold."""
    shown = set()
    for names, viewers in _ROWS[thing]:
        if audience in viewers and (viewers[audience] is None or viewers[audience] in holding):
            shown.update(names.split())
    return frozenset(shown)


def declared(thing: str) -> frozenset[str]:
    """Every name that has a row."""
    return frozenset(name for names, _ in _ROWS[thing] for name in names.split())


@cache
def _is_whole(shown: frozenset[str]) -> bool:
    """Whether these are all fields of a complaint, so that nothing has to be taken out."""
    known = declared("complaint")
    parts = {name: {each for each in known if each.startswith(f"{name}.")} for name in stored_fields(Complaint)}
    return all((inside or {name}) <= shown for name, inside in parts.items())


@cache
def _by_field(shown: frozenset[str]) -> dict[str, frozenset[str]]:
    """Each stored field of the complaint itself → which names inside it are shown; empty: it is shown whole."""
    tops = {name.partition(".")[0] for name in shown}
    return {top: frozenset(n.partition(".")[2] for n in shown if n.startswith(f"{top}.")) for top in tops}


def _inside(value: Any, names: frozenset[str]) -> Any:
    """A stored record, or a list of them, with blanks in place of what is not shown."""
    if not names or value is None:
        return value
    if isinstance(value, Mapping):
        return {name: _field_inside(name, each, names) for name, each in value.items()}
    return [_inside(each, names) for each in value]


def _field_inside(name: str, value: Any, names: frozenset[str]) -> Any:
    if name in names:
        return value
    inner = frozenset(each.removeprefix(f"{name}.") for each in names if each.startswith(f"{name}."))
    return _inside(value, inner) if inner else _blank(value)


def _blank(value: Any) -> Any:
    """An empty value of the same type, so that a record that needs one can still be read; None for a moment."""
    return type(value)() if isinstance(value, str | int | float | list | tuple | Mapping) else None


@cache
def _event_blanks() -> dict[str, Any]:
    """Each field of a timeline event → its default, or nothing written."""
    return {each.name: _default_of(each) for each in fields(TimelineEvent)}


def _default_of(each: Field[Any]) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return "" if each.default is MISSING else each.default


def _without(event: TimelineEvent, withheld: Mapping[str, Any]) -> TimelineEvent:
    changes = {name: blank for name, blank in withheld.items() if getattr(event, name) != blank}
    return replace(event, **changes) if changes else event
