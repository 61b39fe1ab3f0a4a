"""What can go wrong, in the terms of the people and machines that meet it.

LaksaError
├── UserError                  the request cannot be served as asked; telling the person how to go on is the cure
│   ├── InvalidInput           422  one code per field
│   ├── Forbidden              403  forged, cut, or a number without its key
│   ├── LinkExpired            410  right, but too old; `renew` still works
│   ├── ListExpired            410  a department's list of yesterday; the next digest brings a new link
│   ├── BoardExpired           410  the desk's board of an earlier shift; the next morning brings a new link
│   ├── LinkSuperseded         410  the case has gone to another department since
│   ├── ReportErased           410  a citizen's own key of a report whose words are gone; says what is left
│   ├── ActionNotPossible      409  the state forbids it; names what is possible
│   ├── UndoOver               409  an assignment stands: its time to be taken back is over, or somebody has acted
│   ├── FormAlreadySent        409  the same form token with other text
│   ├── DraftChanged           409  the answer of somebody who has not seen the draft that lies there
│   ├── PageNotFound           404
│   ├── WrongMethod            405
│   ├── UnreadableBody         400 or 415
│   └── BodyTooLarge           413
├── Retryable                  may work in a moment: 503 to people, 5xx to a push
│   ├── StoreUnavailable
│   ├── StoreConflict          a transaction lost its race more often than it retries
│   ├── BusUnavailable
│   ├── PhotosUnavailable      the disk is full or away: a report goes without its photos
│   └── MailDeferred           the mail server said 4xx or could not be reached
└── Permanent                  trying again changes nothing
    ├── BadMessage             a push that says nothing we understand: answered 2xx
    ├── UnknownComplaint       a push for a ticket that is not there: answered 2xx
    ├── MailRefused            the mail server said 5xx: recorded on the notice
    ├── DocumentExists         create() on an id that is taken
    ├── DocumentMissing        update() of an id that is not there
    ├── IndexMissing           a query that Firestore would refuse: a mistake of ours
    └── ReadAfterWrite         a transaction that reads after it wrote: a mistake of ours
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _default
from typing import Any


class LaksaError(Exception):
    """Root of everything Laksa raises itself."""


class UserError(LaksaError):
    """A request that cannot be served as asked."""


@dataclass(frozen=True)
class FieldError:
    """One thing to mend: the field, a code the words table knows, and what its sentence needs."""

    field: str
    code: str
    facts: dict[str, Any] = _default(default_factory=dict)


class InvalidInput(UserError):
    """Fields that need a look; carries every one of them, not only the first."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(", ".join(f"{e.field}: {e.code}" for e in errors))
        self.errors = tuple(errors)


class Forbidden(UserError):
    """No right: says the same whether or not the case exists."""


class LinkExpired(UserError):
    """A genuine link past its date; `ticket` and `department` may be told in a kind page."""

    def __init__(self, ticket: str, department: str = "", renewed_at: Any = None) -> None:
        super().__init__("link expired")
        self.renewed_at = renewed_at
        self.ticket = ticket
        self.department = department


class ListExpired(UserError):
    """A genuine link to a department's list past its day."""


class BoardExpired(UserError):
    """A genuine link to the desk's board past its shift."""


class LinkSuperseded(UserError):
    """A genuine link of a department that no longer holds the case."""

    def __init__(self, ticket: str, department: str = "", restricted: bool = False, since: Any = None) -> None:
        super().__init__("link superseded")
        self.ticket = ticket
        self.department = department
        self.restricted = restricted
        self.since = since


class ReportErased(UserError):
    """A genuine key of a report that was erased since; `complaint` is what is left of it."""

    def __init__(self, complaint: Any) -> None:
        super().__init__("report erased")
        self.complaint = complaint


class ActionNotPossible(UserError):
    """The state forbids the action."""

    def __init__(self, action: str, state: str, possible: Sequence[str]) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.action = action
        self.state = state
        self.possible = tuple(possible)


class UndoOver(UserError):
    """An assignment that can no longer be taken back. moved: something has happened to the case since."""

    def __init__(self, ticket: str, moved: bool) -> None:
        super().__init__("too late to undo")
        self.ticket = ticket
        self.moved = moved


class FormAlreadySent(UserError):
    """The form's token was used for another text; that first complaint is safe."""


class DraftChanged(UserError):
    """An answer names another draft than lies there now; `draft` is that one, None where none does."""

    def __init__(self, draft: Mapping[str, Any] | None) -> None:
        super().__init__("draft changed")
        self.draft = draft


class PageNotFound(UserError):
    """No such path."""


class WrongMethod(UserError):
    """The path exists, the method does not; `allowed` goes into the Allow header."""

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__("wrong method")
        self.allowed = tuple(allowed)


class UnreadableBody(UserError):
    """A body of an unknown type (`status` 415) or one that does not parse (400)."""

    def __init__(self, status: int = 400) -> None:
        super().__init__("unreadable body")
        self.status = status


class BodyTooLarge(UserError):
    """More than 32 MiB."""


class Retryable(LaksaError):
    """May work in a moment."""


class StoreUnavailable(Retryable):
    """The store did not answer."""


class StoreConflict(Retryable):
    """A transaction lost its race more often than it retries."""


class BusUnavailable(Retryable):
    """The bus did not take the message; the sweep will find the work."""


class PhotosUnavailable(Retryable):
    """The place of the photos did not take or give one."""


class MailDeferred(Retryable):
    """The mail server said 4xx or could not be reached; try later."""


class Permanent(LaksaError):
    """Trying again changes nothing."""


class BadMessage(Permanent):
    """A push without data, or with data nobody understands."""


class UnknownComplaint(Permanent):
    """No complaint, or no notice, of that id."""


class MailRefused(Permanent):
    """The mail server said 5xx, or the address is none."""


class DocumentExists(Permanent):
    """create() on an id that is taken."""


class DocumentMissing(Permanent):
    """update() of an id that is not there."""


class IndexMissing(Permanent):
    """A query that Firestore would refuse for want of a composite index."""


class ReadAfterWrite(Permanent):
    """A transaction that reads after it wrote, which Firestore refuses."""
