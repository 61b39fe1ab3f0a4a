"""Documents as JSON whose values SQL can compare: json_extract yields them in the order that the port promises.
Numbers stay numbers; every other value becomes text with a letter for its type (B boolean, D moment, S string, X
bytes; lists and maps begin with `[` and `{`), so that a moment is never taken for a string. Also checks that a
document holds only values that every store keeps unchanged.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Container
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.ports import Document


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
