"""The desk's board: what waits, what is wrong, and one form that assigns many complaints, each in its own
transaction.
"""

from __future__ import annotations
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from workflows.citizen.data_requests import answer, open_requests
from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.desk.board_link import danger, renewed_at, waiting
from workflows.desk.morning import DeskMorning, desk_morning
from workflows.desk.phone_tasks import Tasks, complete_phone_task, record_missed_call, tasks
from workflows.desk.unacknowledged import silent_paths, write_down_call
from workflows.domain.actions.bulk_assign import MOST, Choice, choose, is_as_chosen, is_free, objection, read_reference
from workflows.domain.actions.engine import Rules
from workflows.domain.actions.undo_window import take_back
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.domain.notifications.notice import NoticeState
from workflows.domain.privacy.data_request import DataAnswer, DataRequest
from workflows.errors import ActionNotPossible, BoardExpired, FieldError, InvalidInput, UndoOver
from workflows.frozen import frozen
from workflows.office import mailbox_check
from workflows.pagination import decode_cursor
from workflows.ports import DELETE, Query, Store, Transaction
from workflows.unit_of_work import Complaints, Services, apply_transition, load_or_forbidden, save
from workflows.urls import desk_path


@frozen
class Board:
    """One page of the board. `paths` open the complaints, `calls` the urgent ones of `morning`, in the same order.
    `recent`: assignments within the undo window. `next`: '' on the last page. `silent`: by department, the path
    where a call is recorded; calls to other silent departments are recorded on the board. `danger`: urgent
    complaints that wait for the desk, on every page, with their paths.
    """

    morning: DeskMorning
    calls: tuple[str, ...]
    cases: tuple[Complaint, ...]
    paths: tuple[str, ...]
    recent: tuple[Complaint, ...]
    first: bool
    next: str
    until: datetime
    silent: Mapping[str, str]
    requests: tuple[DataRequest, ...] = ()
    tell: Tasks | None = None
    danger: tuple[tuple[Complaint, str], ...] = ()


@frozen
class Row:
    """A choice with its complaint as it is now. `open`: it can be, or was, carried out as chosen."""

    choice: Choice
    complaint: Complaint
    open: bool


TO_FINISH = timedelta(hours=2)
"""How long after a link's end it accepts what was written on a page opened before; it opens no page then."""


def parse_link(services: Services, token: str, longer: timedelta = timedelta()) -> datetime:
    """The expiry of a board token. Forbidden when it is forged or of another kind, BoardExpired. `longer`: extra
    time after its expiry.
    """
    until = services.links.read_board_token(token)
    if until + longer <= services.clock.now():
        raise BoardExpired(renewed_at(services.store))
    return until


def _may_act(services: Services, token: str) -> None:
    parse_link(services, token, TO_FINISH)


def open_board(
    services: Services, token: str, after: str = "", tell_after: str = "", longer: timedelta = timedelta()
) -> Board:
    """The page of the board after the cursor `after`; an invalid one means the first page. `tell_after`: the
    cursor of the phone tasks. `longer`: TO_FINISH when answering a submitted form.
    """
    until, now = parse_link(services, token, longer), services.clock.now()
    cases, following = waiting(services.store, MOST, after)
    morning = desk_morning(services, now, named=0)
    return Board(
        morning=morning,
        calls=tuple(desk_path(services, case) for case in morning.calls),
        cases=cases,
        paths=tuple(desk_path(services, case) for case in cases),
        recent=_recent(services.store, now),
        first=decode_cursor(after) is None,
        next=following,
        until=until,
        silent=silent_paths(services, morning.silent),
        requests=open_requests(services.store),
        tell=tasks(services, tell_after),
        danger=tuple((case, desk_path(services, case)) for case in danger(services.store, MOST)),
    )


def _recent(store: Store, now: datetime) -> tuple[Complaint, ...]:
    query = Query(COMPLAINTS, (("recall_until", ">", now),), order_by="recall_until", limit=MOST)
    return tuple(Complaints(store).query(query))


def preview(services: Services, token: str, choices: tuple[Choice, ...]) -> tuple[Row, ...]:
    """The result of the choices, in the board's order; changes nothing. InvalidInput names every
    impossible one.
    """
    _may_act(services, token)
    cases = Complaints(services.store).get_many([choice.ticket for choice in choices])
    pairs = list(zip(choices, cases, strict=True))
    if wrong := [e for choice, case in pairs if (e := objection(choice, case, services.directory))]:
        raise InvalidInput(wrong)
    rows = [Row(choice, case, is_free(choice, case)) for choice, case in pairs if case]
    return tuple(sorted(rows, key=_place))


def _place(row: Row) -> tuple[bool, datetime, str]:
    case = row.complaint
    return not case.urgent, case.deadlines.desk_since or case.received_at, case.ticket


def assign(services: Services, token: str, choices: tuple[Choice, ...]) -> tuple[Row, ...]:
    """Carry out the choices, each in its own transaction; a repeat changes nothing. InvalidInput, before anything
    is done, if one is impossible. What somebody else has assigned is left unchanged.
    """
    return tuple(_assign(services, row.choice) for row in preview(services, token, choices))


def _assign(services: Services, choice: Choice) -> Row:
    rules = Rules(services.policy, services.directory)
    with suppress(ActionNotPossible):
        apply_transition(services, choice.ticket, lambda complaint, now: choose(complaint, choice, rules, now))
    complaint = load_or_forbidden(services.store, choice.ticket)
    return Row(choice, complaint, is_as_chosen(choice, complaint))


def undo(services: Services, token: str, reference: str) -> Transition | None:
    """Take an assignment back before its notices go out; None for a repeat. `reference`: <ticket>.<assignment
    number>. InvalidInput, UndoOver.
    """
    _may_act(services, token)
    ticket, assignment_no = read_reference(reference) or ("", None)
    now = services.clock.now()

    def work(transaction: Transaction) -> Transition | None:
        complaint = Complaints(transaction).get(ticket) if assignment_no is not None else None
        if complaint is None or assignment_no is None or not complaint.desk_may_read:
            raise InvalidInput([FieldError("case", "not_on_board")])
        change = take_back(complaint, assignment_no, now)
        if change is None:
            return None
        _withdraw_letters(transaction, complaint)
        return save(transaction, change, services.policy, now)

    return services.store.transact(work)


def call(services: Services, token: str, opd: str) -> Transition | None:
    """Record a phone call to a silent department; None for a repeat on the same day. InvalidInput."""
    _may_act(services, token)
    return write_down_call(services, opd)


def tell(services: Services, token: str, reference: str, reached: bool) -> None:
    """Record that a citizen was told, or not reached; a repeat changes nothing. InvalidInput."""
    _may_act(services, token)
    (complete_phone_task if reached else record_missed_call)(services, reference)


def call_about_mailbox(services: Services, token: str, opd: str) -> None:
    """Record that a department was asked for its right address; a repeat changes nothing. InvalidInput."""
    _may_act(services, token)
    mailbox_check.write_down_call(services, opd)


def answer_data(services: Services, token: str, reference: str, wanted: DataAnswer) -> Transition | None:
    """The desk's answer to a citizen's data request; None for a repeat. InvalidInput."""
    _may_act(services, token)
    return answer(services, reference, wanted)


def _withdraw_letters(transaction: Transaction, complaint: Complaint) -> None:
    """Withdraw the notices of an assignment; UndoOver if one is being sent already."""
    ids = complaint.pending_assignment.letters if complaint.pending_assignment else ()
    letters = {id: letter for id in ids if (letter := transaction.get(NOTICES, id))}
    if any(letter["state"] != NoticeState.QUEUED or letter["attempts"] for letter in letters.values()):
        raise UndoOver(complaint.ticket, moved=False, state=complaint.state)
    for id in letters:
        transaction.update(NOTICES, id, {"state": NoticeState.DROPPED, "next_try_at": DELETE})
