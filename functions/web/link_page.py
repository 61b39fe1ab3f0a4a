"""Pages behind a link: GET shows a complaint or one of its photos, POST carries out an action. Each reading is
recorded before the page is shown: a log line and a record in the store, one per link and hour. Forms sent by
a link to the board are accepted for a while after its end.
"""

from __future__ import annotations
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Request, Response

from functions.app.container import Container, container, services
from functions.web.factories import context
from functions.web.http import WORDS, Body, back_to_page, client_address, html, photo, read_body, wants_json
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DESK, UNIT, Transition
from workflows.domain.offices import DESK as OPERATORS
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import ActionNotPossible, BoardExpired, DraftChanged, InvalidInput, WrongMethod
from workflows.failures import Retryable
from workflows.photos import read_photo
from workflows.ports import CaseGrant
from workflows.records.accesses import BOARD, CONTACT, MAX_NAME_LENGTH, OPENED, Access, write_accesses

Refused = InvalidInput | ActionNotPossible | DraftChanged
REFUSED = (InvalidInput, ActionNotPossible, DraftChanged)
SMALL = "kecil"


class ActPage(ABC):
    """One request to such a page. A subclass says what it shows and what its actions do. An action is answered
    with the page as JSON, or with 303 to the page. A refused action shows the page again with everything that was
    typed; as JSON it is the error itself.
    """

    def __init__(self, request: Request) -> None:
        self.request = request

    def answer(self, photo: str = "") -> Response:
        """The response; `photo`: the number of a photo in the path."""
        if photo:
            return self.show_photo(photo)
        return self._act() if self.request.method == "POST" else self.show()

    @abstractmethod
    def show(self, status: int = 200, **shown: Any) -> Response:
        """The page; `shown`: as returned by shown_again."""

    @abstractmethod
    def show_photo(self, number: str) -> Response:
        """A photo of the complaint."""

    @abstractmethod
    def act(self, body: Body) -> Transition | None:
        """Carry out the action; None for a repeat."""

    @abstractmethod
    def note(self, body: Body, change: Transition | None) -> None:
        """Record who acted; must not fail, since the action is done."""

    def show_done(self, body: Body, change: Transition | None) -> Response:
        """The JSON answer to an action."""
        return self.show()

    def _act(self) -> Response:
        body = read_body(self.request)
        try:
            change = self.act(body)
        except REFUSED as error:
            if wants_json(self.request):
                raise
            return self.show(**shown_again(error, body))
        self.note(body, change)
        return self.show_done(body, change) if wants_json(self.request) else back_to_page(self.request)


def shown_again(error: Refused, body: Body) -> dict[str, Any]:
    """Status and errors as the pages' views take them; photos have to be chosen again."""
    shown: dict[str, Any] = {"typed": body.fields, "photos_again": bool(body.photos)}
    if isinstance(error, InvalidInput):
        return {"status": 422, "errors": error.errors, **shown}
    return {"status": 409, "conflict": error, **shown}


def show_photo(request: Request, complaint: Complaint, number: str) -> Response:
    """The photo of that number, with ?kecil=1 its thumbnail; PageNotFound if the complaint has none such.
    WrongMethod except for GET and HEAD: the function accepts POST, a photo does not.
    """
    if request.method not in ("GET", "HEAD"):
        raise WrongMethod(("GET", "HEAD"))
    content, kind = read_photo(services().photos, complaint, number, little=request.args.get(SMALL) == "1")
    return photo(content, kind, f"{complaint.ticket}-foto-{number}.jpg")


log = logging.getLogger("laksa")


def note_opened(request: Request, grant: CaseGrant, complaint: Complaint, *, contact: bool = False) -> None:
    """Record that a link opened a complaint and, if shown, that the citizen's contact was read."""
    acts = (OPENED, CONTACT) if contact else (OPENED,)
    _note(request, grant, complaint, acts)


def note_act(request: Request, grant: CaseGrant, complaint: Complaint, action: str, officer: str = "") -> None:
    """Record an action by a link, repeats included; `officer`: as typed."""
    _note(request, grant, complaint, (action,), officer.strip()[:MAX_NAME_LENGTH])


@contextmanager
def after_an_act() -> Iterator[None]:
    """Ignore errors of the store: the action is done and is answered without the record."""
    try:
        yield
    except Retryable:
        log.warning("access not stored")


def note_contacts(request: Request, complaints: Iterable[Complaint]) -> None:
    """Record that the board shows the contacts of these citizens."""
    _note_on_board(request, [case.ticket for case in complaints], CONTACT)


def note_board_opened(request: Request) -> None:
    """Record that the board was opened: one record for the board, not one per complaint on it."""
    _note_on_board(request, [BOARD], OPENED)


def note_board_act(request: Request, complaints: Iterable[Complaint], action: str) -> None:
    """Record an action on the board, repeats included."""
    _note_on_board(request, [case.ticket for case in complaints if WHOLE not in case.erasure.erased], action)


def _note_on_board(request: Request, tickets: Iterable[str], act: str) -> None:
    rt = container()
    now, network = rt.clock.now(), _network(request, rt)
    _keep(Access(ticket, now, BOARD, OPERATORS, 0, act, network=network) for ticket in tickets)


def _note(request: Request, grant: CaseGrant, complaint: Complaint, acts: Iterable[str], officer: str = "") -> None:
    """Write the records; nothing for an erased complaint, which has nothing left to read."""
    if WHOLE in complaint.erasure.erased:
        return
    rt = container()
    link = (grant.role, _office(grant, complaint), grant.assignment_no)
    now, network = rt.clock.now(), _network(request, rt)
    _keep(Access(grant.ticket, now, *link, act, officer, network) for act in acts)


def _office(grant: CaseGrant, complaint: Complaint) -> str:
    if grant.role == DESK:
        return OPERATORS
    held = complaint.assignment
    unit = held.unit if held and grant.role == UNIT else ""
    return unit or _opd_of(grant, complaint)


def _opd_of(grant: CaseGrant, complaint: Complaint) -> str:
    """The department of the link, also if its own action has just sent the complaint away."""
    if complaint.assignment_no == grant.assignment_no or grant.role == UNIT:
        return complaint.opd or ""
    return next((each.opd for each in complaint.previous_assignments if each.assignment_no == grant.assignment_no), "")


def _network(request: Request, rt: Container) -> str:
    """A keyed hash of the caller's household, the same as for rate limits; it does not lead back to an address."""
    address = client_address(request, rt.settings.proxies)
    return rt.links.digest("network", address)[:12] if address else ""


def _keep(lines: Iterable[Access]) -> None:
    """Store the records; if that fails the page is shown all the same, since the log has them."""
    rt = container()
    new = rt.noted.new(lines)
    for line in new:
        facts = {"ticket": line.ticket, "role": line.role, "office": line.office, "act": line.act}
        log.info("case read", extra=facts | {"network": line.network})
    if not new:
        return
    try:
        write_accesses(rt.store, new)
        rt.noted.remember(new)
    except Retryable:
        log.warning("access not stored", extra={"ticket": new[0].ticket})


def may_send(request: Request, token: str, body: Body | None = None) -> None:
    """BoardExpired, whose page shows every field that was typed. `body`: if it was read already."""
    from workflows.desk.board import TO_FINISH, parse_link

    try:
        parse_link(services(), token, TO_FINISH)
    except BoardExpired:
        from functions.views.desk.intake_page import typed_words

        sent = body or read_body(request)
        request.environ[WORDS] = typed_words(sent.fields, len(sent.photos))
        raise


def saved(request: Request, token: str) -> Response:
    """Redirect to the board; if it is expired, a page that says that everything is saved."""
    from workflows.desk.board import parse_link

    try:
        parse_link(services(), token)
    except BoardExpired as over:
        from functions.views.shared.problem_page import problem_page

        error = BoardExpired(over.renewed_at, saved=True)
        return html(problem_page(context(), "id", error, 200, token=token, page=f"/papan/{token}"))
    return back_to_page(request)
