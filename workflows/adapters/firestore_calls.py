"""The calls of the Firestore store to Google's client: queries, answers, transactions with timeouts, errors.
Documents are the raw messages of Firestore's protocol: Google's client wraps every value in an object at four to
eight times the cost, and a whole city has millions.
"""

from __future__ import annotations
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

from workflows.adapters.document_store import Write, finite, plain, plain_document
from workflows.failures import DocumentExists, DocumentMissing, IndexMissing, StoreConflict, StoreUnavailable
from workflows.ports import DELETE, Document, Query


def put_fields(fields: Any, document: Document) -> None:
    """Fill a message's map of fields with a plain document."""
    for name, value in document.items():
        _put(fields[name], value)


def fields_of(fields: Mapping[str, Any]) -> Document:
    """The document that put_fields wrote, moments in UTC; TypeError or ValueError for values that Laksa never
    writes.
    """
    return {name: _value(message) for name, message in fields.items()}


def _put(message: Any, value: Any) -> None:
    match value:
        case str():
            message.string_value = value
        case None:
            message.null_value = 0
        case bool():
            message.boolean_value = value
        case int():
            message.integer_value = value
        case float():
            message.double_value = value
        case datetime():
            message.timestamp_value.FromDatetime(value)
        case bytes():
            message.bytes_value = value
        case _:
            _put_many(message, value)


def _put_many(message: Any, value: list[Any] | Document) -> None:
    """Fill a list or map. SetInParent: an empty one must be written, too."""
    if isinstance(value, dict):
        message.map_value.SetInParent()
        put_fields(message.map_value.fields, value)
        return
    message.array_value.SetInParent()
    for item in value:
        _put(message.array_value.values.add(), item)


def _value(message: Any) -> Any:
    match message.WhichOneof("value_type"):
        case "string_value":
            return message.string_value
        case "null_value":
            return None
        case "timestamp_value":
            return message.timestamp_value.ToDatetime(UTC)
        case "map_value":
            return fields_of(message.map_value.fields)
        case "array_value":
            return [_value(item) for item in message.array_value.values]
        case "double_value":
            return finite(message.double_value)
        case "boolean_value" | "integer_value" | "bytes_value" as kind:
            return getattr(message, kind)
        case kind:
            raise TypeError(f"a document cannot hold a {kind}")


SECONDS = 10.0
"""The longest time in seconds of a single call, and of a read with all its retries."""

_NO_FIELD = " "
"""The mask of an update without changes: the document must exist all the same, and without a mask it would be
emptied.
"""


@contextmanager
def firestore_errors() -> Iterator[None]:
    """Turn Google's errors into Laksa's; ValueError for a request that no server would accept."""
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
    """Arguments of a read that make it retry for a limited time while the server is unavailable."""
    return {"timeout": SECONDS, "retry": _read_policy()}


@contextmanager
def server_transaction(client: Any) -> Iterator[Any]:
    """Begin a transaction for reads and yield it; it is rolled back when the block raises, and ended by `commit`
    otherwise. The client's own runner sets no timeouts and lets a failing rollback hide the error of `work`.
    """
    transaction = client.transaction()
    begin = {"database": client._database_string}
    transaction._id = _call(client, "begin_transaction", begin, retry=_read_policy()).transaction
    try:
        yield transaction
    except BaseException:
        from google.api_core.exceptions import GoogleAPIError
        from google.auth.exceptions import GoogleAuthError

        with suppress(GoogleAPIError, GoogleAuthError):
            _call(client, "rollback", begin | {"transaction": transaction._id})
        raise


def commit(transaction: Any, writes: Sequence[tuple[str, Write]]) -> None:
    """Apply the writes (path, write) in order; DocumentExists or DocumentMissing leaves all undone."""
    from google.cloud.firestore_v1.types import CommitRequest

    client = transaction._client
    pending = CommitRequest.pb()(database=client._database_string, transaction=transaction._id)
    for path, write in writes:
        _add(pending.writes.add(), f"{documents_root(client)}/{path}", write)
    with _write_errors(", ".join(path for path, _ in writes)):
        # not retried here: after a lost answer only a fresh attempt can tell whether it was applied
        _call(client, "commit", CommitRequest.wrap(pending))


def documents_root(client: Any) -> str:
    """The prefix of every document's name in the database."""
    return f"{client._database_string}/documents"


def _call(client: Any, method: str, request: Any, retry: Any = None) -> Any:
    send = getattr(client._firestore_api, method)
    return send(request=request, metadata=client._rpc_metadata, retry=retry, timeout=SECONDS)


def _add(pending: Any, name: str, write: Write) -> None:
    """Add a raw write. Without a mask it replaces the document; the mask of an update names the changed fields."""
    if write.kind == "delete":
        pending.delete = name
        return
    pending.update.name = name
    put_fields(pending.update.fields, {key: value for key, value in write.data.items() if value is not DELETE})
    if write.kind == "create":
        pending.current_document.exists = False
    if write.kind == "update":
        pending.current_document.exists = True
        pending.update_mask.field_paths.extend(_quoted(field) for field in write.data or [_NO_FIELD])


def _quoted(name: str) -> str:
    """Quote a field name, since a dot would mean a nested field."""
    from google.cloud.firestore_v1.field_path import FieldPath

    return str(FieldPath(name).to_api_repr())


def to_firestore(query: Query, collection: Any) -> Any:
    """The query in Google's terms, without its limit."""
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
    """The document in plain types; None when it does not exist."""
    return plain_document(snapshot.to_dict()) if snapshot.exists else None
