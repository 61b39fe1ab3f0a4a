"""The values a document may hold: the narrow subset that every store keeps unchanged."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.ports import Document

_INT64 = 2**63


def plain_document(document: Document) -> Document:
    """A deep copy of plain values; TypeError or ValueError for what no store promises to keep."""
    return {_key(key): plain(value) for key, value in document.items()}


def plain(value: Any) -> Any:
    """A deep copy in plain types, moments in UTC.

    Refused: naive datetimes, other types, a list directly in a list, NaN, infinities, integers over 64 bits.
    """
    if value is None or isinstance(value, bool):
        return value
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def check_id(id: str) -> None:
    """ValueError for an id that Firestore reserves or cannot spell."""
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
    """A number of the class itself; ValueError for NaN and the infinities."""
    if not math.isfinite(value):
        raise ValueError("a number must be finite")
    return float(value)


def _moment(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("a moment must say its time zone")
    moment = value.astimezone(UTC)
    # Drivers return subclasses of datetime; callers are promised the class itself.
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
