"""What the workflows need of the world: Store, Bus, Mailer, Photos, Links, Clock, and for erasures the mails that
were kept and the file of the ledger.

A port's docstring is its contract; tests/contracts holds every adapter to it.
"""

from __future__ import annotations
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from workflows.frozen import frozen

T = TypeVar("T")

Document = dict[str, Any]
"""None, bool, int (64 bits), finite float, str, bytes, aware datetime (microseconds), list, dict with str keys.

No list lies directly in a list, no field name is empty; ids and queried fields are plain identifiers."""

Operator = Literal["==", "<", "<=", ">", ">="]
Where = tuple[tuple[str, Operator, Any], ...]


@frozen
class Query:
    """Equalities plus at most one range, ordered, limited, after a cursor.

    `collection` is a path: `complaints` or `complaints/<ticket>/timeline`. A range's field must be the
    order's. Ties are ordered by id, in the order's direction; without `order_by`, by id. A document without the
    ordered field is left out; null sorts first and matches only an equality with None. fields: which of a document
    to bring, all where none is named; what it does not have is not there.
    """

    collection: str
    where: Where = ()
    order_by: str | None = None
    descending: bool = False
    limit: int = 100
    after: tuple[Any, str] | None = None
    fields: tuple[str, ...] = ()


@frozen
class Found:
    """One document of a query's answer."""

    id: str
    data: Document


class Transaction(Protocol):
    """Reads before writes (else ReadAfterWrite); all writes happen, or none.

    create: DocumentExists when the id is taken. update: merges top-level fields, a value of DELETE removes one;
    DocumentMissing when there is no such document. Either error leaves the whole transaction undone.
    """

    def get(self, collection: str, id: str) -> Document | None: ...
    def query(self, query: Query) -> list[Found]: ...
    def create(self, collection: str, id: str, data: Document) -> None: ...
    def set(self, collection: str, id: str, data: Document) -> None: ...
    def update(self, collection: str, id: str, changes: Document) -> None: ...
    def delete(self, collection: str, id: str) -> None: ...


class Reads(Protocol):
    """What lists need of a Store; each as there."""

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]: ...
    def query(self, query: Query) -> list[Found]: ...
    def count(self, query: Query) -> int: ...


class Store(Reads, Protocol):
    """A narrow subset of Firestore.

    transact calls `work` with a fresh transaction until its reads were still true when its writes landed, so
    `work` must be repeatable and free of other effects. StoreConflict when it lost too often, StoreUnavailable
    when the store did not answer; what `work` raises goes through and nothing was written. When transact
    returns, the writes are durable. query and count raise IndexMissing where Firestore would want a composite
    index that infra/firestore.indexes.json does not declare; count honours the cursor and ignores the limit.
    """

    def get(self, collection: str, id: str) -> Document | None: ...
    def transact(self, work: Callable[[Transaction], T]) -> T: ...


class _Delete:
    def __repr__(self) -> str:
        return "DELETE"


DELETE: Any = _Delete()
"""As a value in Transaction.update: remove the field."""


class Bus(Protocol):
    """publish returns when the bus has the message; BusUnavailable when it did not take it.

    A message is a wake-up call: it may come twice, late, out of order or never. `data` is a flat dict of str.
    """

    def publish(self, topic: str, data: dict[str, str]) -> None: ...


MAX_MAIL_BYTES = 25 * 1024 * 1024
"""Bytes of a raw mail that is taken in, by whatever way it comes."""


@frozen
class Mail:
    """One letter, ready to be sent; bodies are complete by themselves."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str  # without angle brackets
    references: str = ""  # the case's synthetic root
    reply_to: str = ""
    envelope_from: str = ""  # where bounces go; ours where there is none
    list_id: str = ""
    language: str = "id"
    headers: dict[str, str] = field(default_factory=dict)


class Mailer(Protocol):
    """send returns the id under which the server took the letter (ours, unless it replaced it).

    MailDeferred: not taken, may work later. MailRefused: will never be taken; its `mailbox` is True only where no
    letter to that reader would be. When it returns, the letter is out.
    """

    def send(self, mail: Mail) -> str: ...


class Photos(Protocol):
    """Photos by a name that cannot be guessed: letters, digits, - and _, with the ending of its type.

    put: durable when it returns, whole or not at all, the same again changes nothing. get: None where there is
    none. delete: nothing to delete is fine. names: all that begin so. ValueError for a name that is none, or of
    another type; PhotosUnavailable when the place did not answer or is full.
    """

    def put(self, name: str, data: bytes, content_type: str) -> None: ...
    def get(self, name: str) -> tuple[bytes, str] | None: ...
    def delete(self, name: str) -> None: ...
    def names(self, beginning: str) -> list[str]: ...


@frozen
class CaseGrant:
    """What a genuine link allows: one role in one assignment of one complaint, until `expires`. A unit's link
    holds the `unit_key` of its delegation in the place of the assignment's number.
    """

    ticket: str
    role: str  # department, head, desk, unit
    assignment_no: int
    expires: datetime


@frozen
class ListGrant:
    """What a genuine link to a list allows: every open case of one department, until `expires`."""

    opd: str
    expires: datetime


@frozen
class MailboxGrant:
    """What a genuine link of a mailbox check allows: to say that this department's mailbox is read.

    quarter: as 2026-Q4. address: the mark of the mailbox that it was sent to, eight hex digits.
    """

    opd: str
    quarter: str
    address: str


class Links(Protocol):
    """Signed links. Reading one never asks the store; Forbidden when it is forged or cut.

    Expiry is only reported (Right.expires, ListRight.expires, what read_board_token returns): whoever reads a link
    judges it by the Clock. A link of one kind (a case, a list, the desk's board, a mailbox check) never
    opens what is another's.

    A spoken code is the citizen's key in characters that can be read aloud, for a few versions of the key.

    A mail key names one letter for one purpose (reply, bounce …) inside a mail address, whose case may change on
    the way; mail_key raises ValueError for a notice's id that no address has room for.
    """

    def case_token(self, grant: CaseGrant) -> str: ...
    def read_case_token(self, token: str) -> CaseGrant: ...
    def list_token(self, opd: str, expires: datetime) -> str: ...
    def read_list_token(self, token: str) -> ListGrant: ...
    def board_token(self, expires: datetime) -> str: ...
    def read_board_token(self, token: str) -> datetime: ...
    def mailbox_token(self, grant: MailboxGrant) -> str: ...
    def read_mailbox_token(self, token: str) -> MailboxGrant: ...
    def citizen_key(self, ticket: str, version: int) -> str: ...
    def check_citizen_key(self, ticket: str, key: str) -> int: ...
    def spoken_code(self, ticket: str, version: int) -> str: ...
    def read_spoken_code(self, ticket: str, code: str) -> int: ...
    def form_token(self, now: datetime) -> str: ...
    def form_token_age(self, token: str, now: datetime) -> float: ...
    def digest(self, purpose: str, value: str) -> str: ...
    def mail_key(self, purpose: str, notice_id: str) -> str: ...
    def read_mail_key(self, purpose: str, key: str) -> str: ...


class Clock(Protocol):
    """The present moment, aware, in UTC."""

    def now(self) -> datetime: ...


@frozen
class CaughtLetter:
    """A mail of ours that was caught instead of sent. `notice`: the notice's id; `words`: address,
    text and HTML.
    """

    name: str
    notice: str
    words: str = field(repr=False)


class CaughtLetters(Protocol):
    """The caught mails. `about`: those about one complaint, and those that inform its followers. `delete`:
    permanent; a missing one is fine.
    """

    def about(self, ticket: str) -> list[CaughtLetter]: ...
    def delete(self, name: str) -> None: ...


class LedgerFile(Protocol):
    """The ledger, one line per erasure, outside the store: restoring an old copy of the store does not undo it.
    `append`: on disk when it returns; `lines`: all lines, oldest first.
    """

    def append(self, line: str) -> None: ...
    def lines(self) -> list[str]: ...
