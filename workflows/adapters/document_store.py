"""What the document stores share: the values of a document and their JSON, a transaction that reads before it
writes, and a check that an index serves each query. Documents are JSON whose values SQL can compare:
json_extract yields them in the order that the port promises. Numbers stay numbers; every other value becomes
text with a letter for its type (B boolean, D moment, S string, X bytes; lists and maps begin with `[` and `{`),
so that a moment is never taken for a string.
"""

from __future__ import annotations
import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Container, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from workflows.failures import IndexMissing, ReadAfterWrite

if TYPE_CHECKING:
    from workflows.ports import Document, Found, Query


NULL = float("-inf")
"""Null at the top of a document: less than every number, and, unlike a missing field, not NULL for SQL."""

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SORTED = bytes(sorted(b"-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
_TO_SORTED, _FROM_SORTED = bytes.maketrans(_BASE64, _SORTED), bytes.maketrans(_SORTED, _BASE64)


def encode_document(document: Document) -> str:
    """One line of JSON; decode_document gives the document back unchanged."""
    fields = (f"{_dump(key)}:{_encode_field(value)}" for key, value in document.items())
    return "{" + ",".join(fields) + "}"


def decode_document(body: str, fields: Container[str] = ()) -> Document:
    """The document that encode_document wrote, or only the named fields of it; moments in UTC."""
    wanted = json.loads(body).items()
    if fields:
        wanted = [(key, value) for key, value in wanted if key in fields]
    return {key: None if value == NULL else _decode(value) for key, value in wanted}


def sort_key(value: Any) -> int | float | str:
    """The value that json_extract yields for a field of this value: the one to compare with in SQL."""
    if value is None:
        return NULL
    encoded = _encode(value)
    return _dump(encoded) if isinstance(encoded, (dict, list)) else encoded


def _encode_field(value: Any) -> str:
    # JSON has no infinity, but SQLite and Python both read this number as one.
    return "-1e999" if value is None else _dump(_encode(value))


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _encode(value: Any) -> Any:
    match value:
        case bool():
            return f"B{value:d}"
        case str():
            return "S" + _without_nul(value)
        case datetime():
            return "D" + value.isoformat(timespec="microseconds")
        case bytes():
            return "X" + b64encode(value).rstrip(b"=").translate(_TO_SORTED).decode()
        case list():
            return [_encode(item) for item in value]
        case dict():
            return {key: _encode(item) for key, item in value.items()}
    return value


def _decode(value: Any) -> Any:
    # hot path (fifty thousand calls for a list of a hundred complaints): comparing types is faster than matching
    kind = type(value)
    if kind is str:
        return _decode_text(value[0], value[1:])
    if kind is list:
        return [_decode(item) for item in value]
    if kind is dict:
        return {key: _decode(item) for key, item in value.items()}
    return value


def _decode_text(kind: str, text: str) -> Any:
    if kind == "S":
        return _with_nul(text) if "\x01" in text else text
    if kind == "D":
        return datetime.fromisoformat(text)
    if kind == "X":
        return b64decode(text.encode().translate(_FROM_SORTED) + b"=" * (-len(text) % 4))
    return text == "1"


def _without_nul(text: str) -> str:
    """Escape NUL, at which SQL's text functions stop, with two characters that keep the order of strings."""
    return text.replace("\x01", "\x01\x02").replace("\x00", "\x01\x01")


def _with_nul(text: str) -> str:
    return text.replace("\x01\x01", "\x00").replace("\x01\x02", "\x01")


_INT64 = 2**63


def plain_document(document: Document) -> Document:
    """A deep copy in plain types. TypeError or ValueError for values that no store promises to keep."""
    return {_key(key): plain(value) for key, value in document.items()}


def plain(value: Any) -> Any:
    """A deep copy in plain types, moments in UTC. TypeError or ValueError for naive datetimes, other types, a list
    directly in a list, NaN, infinities, and integers over 64 bits.
    """
    if value is None or isinstance(value, bool):
        return value
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def check_id(id: str) -> None:
    """ValueError for an id that is reserved by Firestore or invalid there."""
    reserved = id in ("", ".", "..") or (id.startswith("__") and id.endswith("__"))
    if reserved or "/" in id or len(id.encode()) > 1500:
        raise ValueError(f"impossible id {id[:40]!r}")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("a field's name must be text")
    if not key or (key.startswith("__") and key.endswith("__")):
        raise ValueError(f"reserved field name {key!r}")
    return str.__str__(key)


def _integer(value: int) -> int:
    if not -_INT64 <= value < _INT64:
        raise ValueError("an integer must fit 64 bits")
    return int(value)


def finite(value: float) -> float:
    """The value as a plain number; ValueError for NaN and infinities."""
    if not math.isfinite(value):
        raise ValueError("a number must be finite")
    return float(value)


def _moment(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("a moment must say its time zone")
    moment = value.astimezone(UTC)
    # drivers return subclasses of datetime; callers are promised the class itself
    return datetime.combine(moment.date(), moment.time(), UTC)


def _list(value: list[Any]) -> list[Any]:
    if any(isinstance(item, list) for item in value):
        raise TypeError("a list cannot hold a list")
    return [plain(item) for item in value]


_CONVERSIONS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (int, _integer),
    (float, finite),
    (datetime, _moment),
    (bytes, bytes),
    (list, _list),
    (dict, plain_document),
)


class Write:
    """One recorded write; `data` is the document, or the changed fields of an update."""

    __slots__ = ("collection", "data", "id", "kind")  # not a dataclass: the form's first page loads this module

    def __init__(
        self, kind: Literal["create", "set", "update", "delete"], collection: str, id: str, data: Document
    ) -> None:
        self.kind, self.collection, self.id, self.data = kind, collection, id, data


class Reads(Protocol):
    """How a store reads inside an open transaction."""

    def get(self, collection: str, id: str) -> Document | None: ...
    def query(self, query: Query) -> list[Found]: ...


class NotedTransaction:
    """ports.Transaction over a store's reads; the store applies `writes` in order, all or none. TypeError or
    ValueError at once for a document that no store could keep.
    """

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.writes: list[Write] = []

    def get(self, collection: str, id: str) -> Document | None:
        self._no_writes_yet()
        return self._reads.get(collection, id)

    def query(self, query: Query) -> list[Found]:
        self._no_writes_yet()
        return self._reads.query(query)

    def create(self, collection: str, id: str, data: Document) -> None:
        self._note(Write("create", collection, id, plain_document(data)))

    def set(self, collection: str, id: str, data: Document) -> None:
        self._note(Write("set", collection, id, plain_document(data)))

    def update(self, collection: str, id: str, changes: Document) -> None:
        from workflows.ports import DELETE

        removed = {key: DELETE for key, value in changes.items() if value is DELETE}
        kept = plain_document({key: value for key, value in changes.items() if key not in removed})
        self._note(Write("update", collection, id, kept | removed))

    def delete(self, collection: str, id: str) -> None:
        self._note(Write("delete", collection, id, {}))

    def _note(self, write: Write) -> None:
        check_id(write.id)
        self.writes.append(write)

    def _no_writes_yet(self) -> None:
        if self.writes:
            raise ReadAfterWrite(f"read after writing {self.writes[-1].collection}")


ID = "__name__"
BOTH = ("ASCENDING", "DESCENDING")

Index = tuple[tuple[str, str], ...]
"""(field, direction) pairs in the index's order."""

_FIELD = r"(?!__)[A-Za-z_][A-Za-z0-9_]*"


class Indexes(NamedTuple):
    """The declaration: indexes by collection group, and the fields that differ from the automatic indexes.
    `overrides`: (collection group, field) → directions still indexed, none for an exempted field. Every other
    field has an automatic index in both directions.
    """

    declared: Mapping[str, tuple[Index, ...]]
    overrides: Mapping[tuple[str, str], tuple[str, ...]]

    def of(self, group: str, fields: set[str]) -> Iterator[Index]:
        """Every index of a collection group that could serve a query over `fields`."""
        yield ((ID, "ASCENDING"),)
        yield from self.declared.get(group, ())
        for field in fields:
            yield from (((field, direction),) for direction in self.overrides.get((group, field), BOTH))


@cache
def load_indexes(path: Path) -> Indexes:
    """Read a declaration in the Firebase CLI's format, once per process."""
    return parse_indexes(json.loads(path.read_text(encoding="utf-8")))


def parse_indexes(declaration: Mapping[str, Any]) -> Indexes:
    """The part of a declaration about queries in one collection; other scopes are ignored."""
    declared: dict[str, tuple[Index, ...]] = {}
    for entry in filter(_in_collection, declaration["indexes"]):
        index = tuple((part["fieldPath"], part["order"]) for part in entry["fields"])
        declared[entry["collectionGroup"]] = (*declared.get(entry["collectionGroup"], ()), index)
    overrides = {
        (entry["collectionGroup"], entry["fieldPath"]): _directions(entry) for entry in declaration["fieldOverrides"]
    }
    return Indexes(declared, overrides)


def _in_collection(entry: Mapping[str, Any]) -> bool:
    return bool(entry["queryScope"] == "COLLECTION")


def _directions(override: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(index["order"] for index in filter(_in_collection, override["indexes"]))


def require_index(query: Query, indexes: Indexes) -> None:
    """IndexMissing where Firestore would refuse the query; ValueError for a malformed query. An index serves if it
    holds only equalities before the query's order. Firestore merges several such indexes, so together they must
    cover every equality.
    """
    check_query(query)
    group, equal, order = query.collection.rpartition("/")[2], _equal_fields(query), _order(query)
    fields = equal | {field for field, _ in order if field != ID}
    helping = [index for index in indexes.of(group, fields) if _helps(_whole(index), equal, order)]
    if not helping or not equal <= {field for index in helping for field, _ in index}:
        raise IndexMissing(f"{group}: no index for {sorted(equal)} == and order {order}")


def _equal_fields(query: Query) -> set[str]:
    return {field for field, operator, _ in query.where if operator == "=="}


def _order(query: Query) -> Index:
    direction = BOTH[query.descending]
    return ((query.order_by, direction), (ID, direction)) if query.order_by else ((ID, direction),)


def _whole(index: Index) -> Index:
    """The index with the id that ends every index, in the direction of the last field."""
    return index if index[-1][0] == ID else (*index, (ID, index[-1][1]))


def _helps(index: Index, equal: set[str], order: Index) -> bool:
    return index[-len(order) :] == order and {field for field, _ in index[: -len(order)]} <= equal


def check_query(query: Query) -> None:
    """ValueError unless the port promises to answer such a query."""
    ranges = {field for field, operator, _ in query.where if operator != "=="}
    names = {field for field, _, _ in query.where} | ({query.order_by} if query.order_by else set())
    problems = {
        "a field's name is no identifier": any(not re.fullmatch(_FIELD, name) for name in names),
        "a range on another field than the order's": not ranges <= {query.order_by},
        "ordered by a field that has an equality": query.order_by in _equal_fields(query),
        "a range over null": any(op != "==" and value is None for _, op, value in query.where),
        "limit below 1": query.limit < 1,
        "not a collection's path": not query.collection or query.collection.count("/") % 2 == 1,
    }
    if found := [problem for problem, there in problems.items() if there]:
        raise ValueError(f"{query.collection}: {', '.join(found)}")
