"""Typed records and the documents they are stored as. What a newer release has added is kept and written back.

During a roll-out two releases run side by side, so each one reads and rewrites what the other one wrote. A record
keeps the fields that its class does not name in `unknown`, at every level; `write_record` puts them back. The
annotations of a class say how values are stored: a record as a map, a tuple as a list, an enum by its value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, TypeVar

SCHEMA = 1
"""The number of what this release stores. It grows when a field of a complaint, a notice or a timeline event gets
another name or meaning, not when one is added. A document without it is of a release before there were numbers."""
_SCHEMA = "schema"


@dataclass(frozen=True)
class Record:
    """Base of what is stored. `unknown`: fields of a newer release, by their stored names; no part of equality."""

    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False, kw_only=True)


R = TypeVar("R", bound=Record)
Convert = Callable[[Any], Any]


class _Slot(NamedTuple):
    """How one field is stored. Where the field knows no None, a stored one is left to its default."""

    read: Convert | None
    write: Convert | None
    nullable: bool


def read_record(kind: type[R], document: Mapping[str, Any], *derived: str, **given: Any) -> R:
    """The record of a document; TypeError where a field without a default is missing.

    derived: stored names that follow from other fields, so they are not kept. given: fields that the document
    does not hold, such as its id.
    """
    slots, known, unknown = _slots(kind), dict(given), {}
    for name, value in document.items():
        slot = slots.get(name)
        if slot is None:
            if name not in derived:
                unknown[name] = value
        elif slot.read is None or (value is None and slot.nullable):
            known[name] = value
        elif value is not None:
            known[name] = slot.read(value)
    return kind(**known, unknown=unknown)


def write_record(
    record: Record, *, leave_out: Collection[str] = (), if_set: Collection[str] = ()
) -> dict[str, Any]:
    """The document of a record. What it holds is to be written, not changed.

    leave_out: fields that are not stored; if_set: those that are stored only where they are not empty.
    """
    document = {}
    for name, slot in _slots(type(record)).items():
        if name in leave_out:
            continue
        value = getattr(record, name)
        if name in if_set and not value:
            continue
        document[name] = slot.write(value) if slot.write and value is not None else value
    later = {name: value for name, value in record.unknown.items() if name not in _slots(type(record))}
    return document | later


def stored_fields(kind: type[Record]) -> dict[str, str]:
    """The name under which each field is stored → what its annotation says of the value.

    `a.b` is the field b of the record, or of each record of the list, a.
    """
    found: dict[str, str] = {}
    for each in fields(kind):
        words = str(each.type).removesuffix(" | None")
        inner = _named(kind, words.removeprefix("tuple[").removesuffix(", ...]"))
        if isinstance(inner, type) and is_dataclass(inner) and issubclass(inner, Record):
            found |= {f"{each.name}.{name}": type_of for name, type_of in stored_fields(inner).items()}
        elif each.name != "unknown":
            found[each.name] = words
    return found


def with_schema(document: dict[str, Any]) -> dict[str, Any]:
    """The same document with the number of the newest release whose fields it may hold."""
    return document | {_SCHEMA: max(SCHEMA, document.get(_SCHEMA) or 0)}


_SLOTS: dict[type[Record], dict[str, _Slot]] = {}
"""What is known of each class so far, by field."""


def _slots(kind: type[Record]) -> dict[str, _Slot]:
    if kind not in _SLOTS:
        _SLOTS[kind] = {each.name: _slot(kind, each) for each in fields(kind) if each.name != "unknown"}
    return _SLOTS[kind]


def _slot(kind: type[Record], each: Field[Any]) -> _Slot:
    """By the annotation's text, which costs less than resolving every annotation of a class."""
    words = str(each.type)
    plain = words.removesuffix(" | None")
    nullable = plain != words
    if plain.startswith("tuple["):
        item = _named(kind, plain.removeprefix("tuple[").removesuffix(", ...]"))
        read, write = _converts(item)
        return _Slot(partial(_all, tuple, read), partial(_all, list, write), nullable=False)
    read, write = _converts(_named(kind, plain))
    return _Slot(read, write, nullable)


def _all(several: Convert, convert: Convert | None, values: Any) -> Any:
    return several(map(convert, values) if convert else values)


def _named(kind: type[Record], name: str) -> Any:
    return vars(sys.modules[kind.__module__]).get(name)


def _converts(kind: Any) -> tuple[Convert | None, Convert | None]:
    """How a value of that class is read and written; None where it is stored as it is."""
    if isinstance(kind, type) and is_dataclass(kind) and issubclass(kind, Record):
        return partial(read_record, kind), write_record
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(_member, kind), _value
    return None, None


def _member(kind: type[Enum], value: Any) -> Any:
    """The member; a value that only a newer release knows stays as it is stored."""
    try:
        return kind(value)
    except ValueError:
        return value


def _value(member: Any) -> Any:
    return member.value if isinstance(member, Enum) else member
