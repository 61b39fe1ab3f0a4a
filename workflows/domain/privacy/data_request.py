"""A citizen asks for a copy, a correction or the erasure of their own data; the law gives three days."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from workflows.domain.actions.engine import make_key, run_once
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import (
    CITIZEN,
    DESK,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.documents import Record, write_record
from workflows.domain.intake.submission import readable
from workflows.domain.privacy.redaction import untagged
from workflows.errors import DataRequestChanged, FieldError, InvalidInput
from workflows.frozen import frozen

COPY, CORRECTION, ERASURE = "copy", "correction", "erasure"
KINDS = (COPY, CORRECTION, ERASURE)
DONE, REFUSED, ERASED = "done", "refused", "erased"
RESULTS = (DONE, REFUSED)
"""What the desk can say; `erased`: an erasure has settled it without the desk's words."""
ANSWER_WITHIN = timedelta(hours=72)
MESSAGE_MAX = 2000
ASKED, ANSWERED = EventName.DATA_ASKED, EventName.DATA_ANSWERED
"""The two events of the timeline, and the letters about them."""


@frozen
class DataAct:
    """One POST of the citizen; message: what is to be copied, corrected or erased, and why."""

    kind: str
    message: str = ""


@frozen
class DataAnswer:
    """One POST of the desk; message: what the citizen reads. seen: how_far of what was answered, empty: all."""

    result: str
    message: str = ""
    seen: str = ""


@frozen
class DataRequest(Record):
    """One request; a complaint has at most one of each kind, the newest. `due_at`: None once nothing is left to
    do. `told_at`: the erasure was promised and is still to be done. `sequence`: the timeline event of the request.
    `message`: personal data like a reporter's name; '' once it was answered.
    """

    ticket: str
    kind: str
    asked_at: datetime
    sequence: int
    due_at: datetime | None = None
    message: str = ""
    told_at: datetime | None = None
    done_at: datetime | None = None
    result: str = ""

    @property
    def id(self) -> str:
        """Ticket and kind."""
        return request_id(self.ticket, self.kind)

    def to_document(self) -> dict[str, Any]:
        """As it is stored; one that is settled has no alarm."""
        return write_record(self, if_set=("due_at",))


def request_id(ticket: str, kind: str) -> str:
    """Document id: `<ticket>.<kind>`."""
    return f"{ticket}.{kind}"


def how_far(request: DataRequest) -> str:
    """Identifies the request and the length of its text, i.e. what the desk has read."""
    return f"{request.sequence}.{len(request.message)}"


def check_act(act: DataAct) -> None:
    """InvalidInput for another kind, for a correction that says nothing, for words that are too many."""
    if act.kind not in KINDS:
        raise InvalidInput([FieldError("kind", "no_data_kind")])
    if act.kind == CORRECTION and not act.message:
        raise InvalidInput([FieldError("message", "what_to_correct")])
    _check_words(act.message)


def check_answer(answer: DataAnswer) -> None:
    """InvalidInput where the result is none, or the citizen would read nothing."""
    if answer.result not in RESULTS:
        raise InvalidInput([FieldError("result", "bad_choice")])
    if not answer.message:
        raise InvalidInput([FieldError("message", "words_needed")])
    _check_words(answer.message)


def _check_words(message: str) -> None:
    if not readable(message):
        raise InvalidInput([FieldError("message", "unreadable")])
    if len(untagged(message)) > MESSAGE_MAX:
        raise InvalidInput([FieldError("message", "too_long", {"max": MESSAGE_MAX})])


Asked = tuple[Transition | None, DataRequest]
"""(transition of the complaint, the request afterwards)."""


def ask(complaint: Complaint, known: DataRequest | None, act: DataAct, now: datetime) -> Asked | None:
    """A new request with its own clock; more words to one that waits, whose clock goes on; None for a repeat.

    One that was promised waits as well. After the answer the same words are a new request.
    """
    if known and known.due_at:
        more = _with_more_words(known, act.message)
        return None if more == known else (None, more)
    epoch = str(known.sequence) if known else ""
    key = make_key("data", CITIZEN, act.kind, act.message, epoch=epoch)
    due = now + ANSWER_WITHIN
    change = run_once(complaint, key, now, lambda: _asked(complaint, act.kind, due, now))
    if change is None:
        return None
    request = DataRequest(complaint.ticket, act.kind, now, change.complaint.sequence, due, act.message)
    return change, request


def _asked(complaint: Complaint, kind: str, due: datetime, now: datetime) -> Transition:
    entry = TimelineEvent(ASKED, CITIZEN, facts={"data": kind, "deadline": due})
    return transition(complaint, now, entry, NoticeRequest(ASKED, CITIZEN))


def _with_more_words(known: DataRequest, message: str) -> DataRequest:
    """Each once; InvalidInput when the whole grows too long."""
    if not message or message in known.message:
        return known
    words = "\n\n".join(filter(None, (known.message, message)))
    _check_words(words)
    return replace(known, message=words)


def settle(complaint: Complaint, request: DataRequest, answer: DataAnswer, now: datetime) -> Asked | None:
    """The desk's answer; None for a repeat. InvalidInput when it was answered differently, DataRequestChanged when
    there are words that the answer's writer had not seen. A promised erasure keeps its due date until it is done.
    """
    key = make_key("data_done", DESK, answer.result, answer.message, epoch=f"{request.kind}{request.sequence}")
    change = run_once(complaint, key, now, lambda: _answered(complaint, request, answer, now))
    return (change, _settled(request, answer, now)) if change else None


def _answered(complaint: Complaint, request: DataRequest, answer: DataAnswer, now: datetime) -> Transition:
    if request.due_at is None or request.told_at:
        raise InvalidInput([FieldError("request", "data_answered")])
    if answer.seen and answer.seen != how_far(request):
        raise DataRequestChanged(request)
    facts = {"data": request.kind, "outcome": answer.result}
    entry = TimelineEvent(ANSWERED, DESK, text=answer.message, facts=facts)
    return transition(complaint, now, entry, NoticeRequest(ANSWERED, CITIZEN))


def _settled(request: DataRequest, answer: DataAnswer, now: datetime) -> DataRequest:
    if request.kind == ERASURE and answer.result == DONE:
        return replace(request, told_at=now, message="")
    return replace(request, due_at=None, message="", done_at=now, result=answer.result)


def after_erasure(request: DataRequest, whole: bool, hide: str, now: datetime) -> DataRequest:
    """The request after an erasure of the reporter or the whole complaint: `hide` replaces its text, and a request
    for erasure is completed.
    """
    message = "" if whole else hide
    if request.due_at is None or not (whole or request.kind == ERASURE):
        return replace(request, message=message)
    return replace(request, due_at=None, message="", done_at=now, result=ERASED)
