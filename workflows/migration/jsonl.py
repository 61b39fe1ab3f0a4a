"""A document as one line of JSON, the same on every stack: fields are sorted, and every special value names its
type.
"""

from __future__ import annotations
import json
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from workflows.migration.ports import SUBCOLLECTIONS, CannotMove, Row


def group_of(collection: str) -> str:
    """`complaints/timeline` for the timeline of any complaint; CannotMove for a collection that no move would find
    again.
    """
    top, *below = collection.split("/")[::2]
    if below and tuple(below) not in [(name,) for name in SUBCOLLECTIONS.get(top, ())]:
        raise CannotMove(f"{'/'.join([top, *below])} is not known to workflows/migration")
    return "/".join([top, *below])


def to_line(row: Row) -> bytes:
    """The row as a line with its line end."""
    facts = {"in": row.collection, "id": row.id, "data": {key: _plain(value) for key, value in row.data.items()}}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def from_line(line: bytes) -> Row:
    """The row that to_line wrote; CannotMove for anything else."""
    try:
        facts = json.loads(line)
        return Row(facts["in"], facts["id"], {key: _typed(value) for key, value in facts["data"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotMove("a line is no document") from error


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"time": value.isoformat(timespec="microseconds")}
        case bytes():
            return {"bytes": b64encode(value).decode()}
        case dict():
            return {"map": {key: _plain(item) for key, item in value.items()}}
        case list():
            return [_plain(item) for item in value]
    return value


def _typed(value: Any) -> Any:
    match value:
        case {"time": moment}:
            return datetime.fromisoformat(moment)
        case {"bytes": text}:
            return b64decode(text)
        case {"map": fields}:
            return {key: _typed(item) for key, item in fields.items()}
        case list():
            return [_typed(item) for item in value]
    return value
