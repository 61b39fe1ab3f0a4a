"""What can go wrong, in the terms of the people and machines that meet it.

LaksaError
├── UserError                  the request cannot be served as asked; telling the person how to go on is the cure
│   ├── InvalidInput           422  one code per field
│   ├── Forbidden              403  forged, cut, or a number without its key
│   ├── LinkExpired            410  right, but too old; `renew` still works
│   ├── ListExpired            410  a department's list of yesterday; the next digest brings a new link
│   ├── BoardExpired           410  the desk's board of an earlier shift; `renew` still works
│   ├── LinkSuperseded         410  the case has gone to another department since
│   ├── ReportErased           410  a citizen's own key of a report whose words are gone; says what is left
│   ├── ActionNotPossible      409  the state forbids it; names what is possible
│   ├── UndoOver               409  an assignment stands: its time to be taken back is over, or somebody has acted
│   ├── TableNotChanged        409  a routing table cannot be put into force or taken back now; says why
│   ├── FormAlreadySent        409  the same form token with other text
│   │   └── NumberTaken        409  the same number of another system with other text; holds the case that has it
│   ├── DataRequestChanged     409  the desk's answer to words that were added to since they were read
│   ├── DraftChanged           409  the answer of somebody who has not seen the draft that lies there
│   ├── PageNotFound           404
│   ├── WrongMethod            405
│   ├── UnreadableBody         400 or 415
│   └── BodyTooLarge           413
└── Retryable, Permanent       between machines: workflows/failures.py
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from dataclasses import field as _default
from datetime import timedelta
from typing import Any

from workflows.frozen import frozen


class LaksaError(Exception):
    """Root of everything Laksa raises itself."""


class UserError(LaksaError):
    """A request that cannot be served as asked."""


@frozen
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
    """A genuine link to the desk's board past its shift.

    renewed_at: when a new one last went out on demand. saved: what was sent by this one was taken all the same.
    """

    def __init__(self, renewed_at: Any = None, saved: bool = False) -> None:
        super().__init__("board expired")
        self.renewed_at = renewed_at
        self.saved = saved


class OutsideDeskNetworks(UserError):
    """A desk link, opened from a network that the city has not named for it."""


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
    """An assignment that can no longer be taken back. moved: something has happened to the case, state: its."""

    def __init__(self, ticket: str, moved: bool, state: str = "") -> None:
        super().__init__("too late to undo")
        self.state = state
        self.ticket = ticket
        self.moved = moved


class DataRequestChanged(UserError):
    """An answer to a request about somebody's own data, by one who has not read all of it; `request`: as it is."""

    def __init__(self, request: Any) -> None:
        super().__init__("more words since")
        self.request = request


class TooManyTries(UserError):
    """Too many wrong codes from one sender within a short time. seconds, minutes: until one more, rounded up."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many tries")
        self.seconds = -(-wait // timedelta(seconds=1))
        self.minutes = -(-wait // timedelta(minutes=1))


class TableNotChanged(UserError):
    """Why a routing table was not put into force or taken back, by a code; orphans: how many reports each has."""

    def __init__(self, why: str, orphans: Mapping[str, int] | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.orphans = dict(orphans or {})


class FormAlreadySent(UserError):
    """The form's token was used for another text; that first complaint is safe."""


class NumberTaken(FormAlreadySent):
    """The number in another system is another complaint's; `complaint` is that one."""

    def __init__(self, complaint: Any) -> None:
        super().__init__("number taken")
        self.complaint = complaint


class DraftChanged(UserError):
    """Optimistic lock: the answer was written against an outdated one. `draft`: the AnswerDraft now, or None."""

    def __init__(self, draft: Any) -> None:
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
