"""Citizens' requests about their own data: made with the citizen's key, listed for the desk, answered once."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from workflows.citizen.page_access import own_words, read_key, refuse_old_key
from workflows.collection_names import DATA_REQUESTS
from workflows.domain.access import office_of
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import DEPARTMENT, NoticeRequest, Transition
from workflows.domain.documents import read_record
from workflows.domain.intake.submission import tidy
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.privacy.data_request import (
    KINDS,
    Asked,
    DataAct,
    DataAnswer,
    DataRequest,
    ask,
    check_act,
    check_answer,
    request_id,
    settle,
)
from workflows.errors import FieldError, Forbidden, InvalidInput
from workflows.frozen import frozen
from workflows.ports import Query, Reads, Store, Transaction
from workflows.unit_of_work import Complaints, SavedTransition, Services, commit, save

MAX_SHOWN = 50
MAX_READ = 200


@frozen
class Waiting:
    """Number of requests that wait for an answer or an erasure, and the earliest due date."""

    count: int
    due_at: datetime


def take_in(services: Services, ticket: str, key: str, wanted: DataAct) -> Transition | None:
    """Record a request, in any state of the complaint; None for a repeat, or for more words to a waiting one.
    InvalidInput, Forbidden, ReportErased.
    """
    ticket, version = read_key(services, ticket, key)
    wanted = replace(wanted, message=own_words(services.store, ticket, tidy(wanted.message)))
    check_act(wanted)

    def work(transaction: Transaction) -> SavedTransition | None:
        complaint = _case(transaction, ticket)
        refuse_old_key(complaint, version)
        document = transaction.get(DATA_REQUESTS, request_id(ticket, wanted.kind))
        known, now = read_record(DataRequest, document) if document else None, services.clock.now()
        return _keep(services, transaction, _with_office_told(ask(complaint, known, wanted, now)), now)

    return commit(services, work)


def _with_office_told(asked: Asked | None) -> Asked | None:
    """The request, with a notice to its office if it is new and not the desk's."""
    change, request = asked or (None, None)
    office = office_of(change.complaint) if change else ""
    if change is None or request is None or not office:
        return asked
    letter = NoticeRequest(NoticeName.DATA_REQUEST, DEPARTMENT, office)
    return replace(change, notices=(*change.notices, letter)), request


def answer(services: Services, reference: str, wanted: DataAnswer) -> Transition | None:
    """The desk's answer to the request <ticket>.<kind>; None for a repeat. InvalidInput."""
    wanted = replace(wanted, message=tidy(wanted.message))
    check_answer(wanted)
    id = _read_reference(reference)

    def work(transaction: Transaction) -> SavedTransition | None:
        document = transaction.get(DATA_REQUESTS, id)
        if document is None:
            raise InvalidInput([FieldError("request", "no_data_request")])
        request, now = read_record(DataRequest, document), services.clock.now()
        asked = settle(_case(transaction, request.ticket), request, wanted, now)
        return _keep(services, transaction, asked, now)

    return commit(services, work)


def _read_reference(text: str) -> str:
    """A request's id; InvalidInput for an impossible one."""
    number, _, kind = text.strip().partition(".")
    ticket = parse_ticket(number)
    if ticket is None or kind not in KINDS:
        raise InvalidInput([FieldError("request", "no_data_request")])
    return request_id(ticket, kind)


def _case(transaction: Transaction, ticket: str) -> Complaint:
    complaint = Complaints(transaction).get(ticket)
    if complaint is None:
        raise Forbidden
    return complaint


def _keep(services: Services, transaction: Transaction, asked: Asked | None, now: datetime) -> SavedTransition | None:
    """Save the request and its effect on the complaint in one transaction."""
    if asked is None:
        return None
    change, request = asked
    transaction.set(DATA_REQUESTS, request.id, request.to_document())
    return save(transaction, change, services.policy, now) if change else None


def open_requests(store: Reads) -> tuple[DataRequest, ...]:
    """The requests that wait for the desk, most urgent first, at most MAX_SHOWN. Requests on a complaint that may
    accuse the desk's own people belong to another office (domain/access).
    """
    query = Query(DATA_REQUESTS, order_by="due_at", limit=MAX_READ)
    requests = [read_record(DataRequest, found.data) for found in store.query(query)]
    cases = Complaints(store).get_many([request.ticket for request in requests]) if requests else []
    own = [r for r, case in zip(requests, cases, strict=True) if case and case.desk_may_read]
    return tuple(own[:MAX_SHOWN])


def waiting_requests(store: Reads) -> Waiting | None:
    """Number (at most MAX_SHOWN) and nearest date of the requests that wait for the desk; None without any."""
    waiting = open_requests(store)
    return Waiting(len(waiting), waiting[0].due_at) if waiting and waiting[0].due_at else None


def requests_of(store: Reads, ticket: str) -> tuple[DataRequest, ...]:
    """The requests of one complaint, at most one of each kind, answered ones included."""
    documents = store.get_many(DATA_REQUESTS, [request_id(ticket, kind) for kind in KINDS])
    return tuple(read_record(DataRequest, document) for document in documents if document)


def rewrite_request(store: Store, id: str, decide: Callable[[DataRequest], DataRequest]) -> None:
    """Change a request by a function of its present content: it may have been answered or extended meanwhile."""

    def work(transaction: Transaction) -> None:
        document = transaction.get(DATA_REQUESTS, id)
        if document:
            transaction.set(DATA_REQUESTS, id, decide(read_record(DataRequest, document)).to_document())

    store.transact(work)
