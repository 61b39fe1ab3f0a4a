"""What the Firestore store says to Google's client: queries, answers, timed transactions, errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from workflows.adapters.document_transaction import Write
from workflows.adapters.document_values import plain, plain_document
from workflows.failures import DocumentExists, DocumentMissing, IndexMissing, StoreConflict, StoreUnavailable
from workflows.ports import DELETE, Document, Query

SECONDS = 10.0
"""The longest a single call may take, and a repeated read in all."""

_NO_FIELD = " "


@contextmanager
def firestore_errors() -> Iterator[None]:
    """Google's errors as Laksa's; ValueError for a request that no server would take."""
    from google.api_core.exceptions import Aborted, FailedPrecondition, GoogleAPIError, InvalidArgument
    from google.auth.exceptions import GoogleAuthError

    try:
        yield
    except Aborted as error:
        raise StoreConflict(str(error)) from error
    except FailedPrecondition as error:
        raise IndexMissing(str(error)) from error
    except InvalidArgument as error:
        raise ValueError(str(error)) from error
    except (GoogleAPIError, GoogleAuthError) as error:
        raise StoreUnavailable(str(error)) from error


@contextmanager
def _write_errors(ids: str) -> Iterator[None]:
    from google.api_core.exceptions import AlreadyExists, NotFound

    try:
        yield
    except AlreadyExists as error:
        raise DocumentExists(ids) from error
    except NotFound as error:
        raise DocumentMissing(ids) from error


@cache
def _read_policy() -> Any:
    from google.api_core.exceptions import ServiceUnavailable
    from google.api_core.retry import Retry, if_exception_type

    return Retry(predicate=if_exception_type(ServiceUnavailable), initial=0.1, maximum=2.0, timeout=SECONDS)


def patient() -> dict[str, Any]:
    """Arguments of a read: it may be repeated while the server is away, for a while."""
    return {"timeout": SECONDS, "retry": _read_policy()}


@contextmanager
def server_transaction(client: Any) -> Iterator[Any]:
    """A begun transaction to read with; rolled back when the block raises, for `commit` to end otherwise.

    The client's own runner sets no timeouts and hides what `work` raised behind a failing rollback.
    """
    transaction = client.transaction()
    transaction._id = _call(client, "begin_transaction", retry=_read_policy()).transaction
    try:
        yield transaction
    except BaseException:
        from google.api_core.exceptions import GoogleAPIError

        with suppress(GoogleAPIError):
            _call(client, "rollback", transaction=transaction._id)
        raise


def commit(transaction: Any, writes: Sequence[tuple[Any, Write]]) -> None:
    """Land the writes on their references, in order; DocumentExists or DocumentMissing leaves all undone."""
    for reference, write in writes:
        _add(transaction, reference, write)
    pending = {"writes": transaction._write_pbs, "transaction": transaction._id}
    with _write_errors(", ".join(reference.path for reference, _ in writes)):
        # Never repeated here: after a lost answer only a fresh attempt can tell whether it landed.
        _call(transaction._client, "commit", **pending)


def _call(client: Any, method: str, retry: Any = None, **request: Any) -> Any:
    request["database"] = client._database_string
    send = getattr(client._firestore_api, method)
    return send(request=request, metadata=client._rpc_metadata, retry=retry, timeout=SECONDS)


def _add(transaction: Any, reference: Any, write: Write) -> None:
    match write.kind:
        case "create":
            transaction.create(reference, write.data)
        case "set":
            transaction.set(reference, write.data)
        case "update":
            transaction.update(reference, _changes(write.data))
        case "delete":
            transaction.delete(reference)


def _changes(changes: Document) -> Document:
    """Field names quoted, as a dot would mean a field within a field."""
    from google.cloud.firestore import DELETE_FIELD
    from google.cloud.firestore_v1.field_path import FieldPath

    # The client refuses an update of nothing, but it too must find its document.
    named = changes or {_NO_FIELD: DELETE}
    return {
        FieldPath(name).to_api_repr(): DELETE_FIELD if value is DELETE else value for name, value in named.items()
    }


def to_firestore(query: Query, collection: Any) -> Any:
    """The query in Google's terms, not yet limited."""
    from google.cloud.firestore import FieldFilter

    found = collection
    for field, operator, value in query.where:
        found = found.where(filter=FieldFilter(field, operator, plain(value)))
    direction = "DESCENDING" if query.descending else "ASCENDING"
    if query.order_by:
        found = found.order_by(query.order_by, direction=direction)
    found = found.order_by("__name__", direction=direction)
    return found if query.after is None else found.start_after(_cursor(query.after, query.order_by))


def _cursor(after: tuple[Any, str], order_by: str | None) -> Document:
    value, id = after
    return {order_by: plain(value), "__name__": id} if order_by else {"__name__": id}


def read_snapshot(snapshot: Any) -> Document | None:
    """The document in plain types, None where there is none."""
    return plain_document(snapshot.to_dict()) if snapshot.exists else None
