"""The skeleton of a page behind a link: GET shows a complaint or one of its photos, POST carries out an action."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from flask import Request, Response

from functions.app.container import services
from functions.web.request_body import Body, read_body
from functions.web.responses import back_to_page, photo, wants_json
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.errors import ActionNotPossible, DraftChanged, InvalidInput, WrongMethod
from workflows.photos import read_photo

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
