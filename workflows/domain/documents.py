"""Typed records and the documents they are stored as. What a newer release has added is kept and written back.

During a roll-out two releases run side by side, so each one reads and rewrites what the other one wrote. A record
keeps the fields that its class does not name in `unknown`, at every level; `write_record` puts them back. The
annotations of a class say how values are stored: a record as a map, a tuple as a list, an enum by its value.
"""

from __future__ import annotations
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass, replace
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, TypeVar

from workflows.frozen import frozen

SCHEMA = 1
"""The number of what this release stores. It grows when a field of a complaint, a notice or a timeline event gets
another name or meaning, not when one is added. A document without it is of a release before there were numbers."""
_SCHEMA = "schema"
STORED = "stored"
"""Key of a field's metadata: its name where it is stored, for a field without a default; see `stored_as`."""
_IF_SET = "if_set"


@frozen
class Record:
    """Base of what is stored. `unknown`: fields of a newer release, by their stored names; no part of equality."""

    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False, kw_only=True)


@frozen
class Part:
    """Base of records whose fields are stored flat, beside those of the record that they are part of."""


R = TypeVar("R", bound=Record)
Convert = Callable[[Any], Any]


def stored_as(name: str, default: Any = MISSING, *, factory: Any = MISSING, if_set: bool = False) -> Any:
    """A field of a record by its name where it is stored. if_set: it is stored only where it is not empty."""
    metadata = {STORED: name, _IF_SET: if_set}
    if factory is not MISSING:
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)


class _Slot(NamedTuple):
    """Where and how one field is stored. `part`: the field of the record that holds the field's Part, or empty.

    Where the field knows no None, a stored one is left to its default. `if_set`: it is stored only if not empty.
    """

    name: str
    part: str
    read: Convert | None
    write: Convert | None
    nullable: bool
    if_set: bool


class _Layout(NamedTuple):
    """The slots of a class by stored name, the parts by field, and the stored name of each field."""

    slots: dict[str, _Slot]
    parts: dict[str, type[Part]]
    stored: dict[str, str]


def read_record(kind: type[R], document: Mapping[str, Any], *derived: str, **given: Any) -> R:
    """The record of a document; TypeError where a field without a default is missing.

    derived: stored names that follow from other fields, so they are not kept. given: fields that the document
    does not hold, such as its id.
    """
    layout = _layout(kind)
    slots, unknown = layout.slots, {}
    known: dict[str, dict[str, Any]] = {"": dict(given), **{part: {} for part in layout.parts}}
    for name, value in document.items():
        slot = slots.get(name)
        if slot is None:
            if name not in derived:
                unknown[name] = value
        elif slot.read is None or (value is None and slot.nullable):
            known[slot.part][slot.name] = value
        elif value is not None:
            known[slot.part][slot.name] = slot.read(value)
    parts = {part: record(**known[part]) for part, record in layout.parts.items()}
    return kind(**known[""], **parts, unknown=unknown)


def write_record(
    record: Record, *, leave_out: Collection[str] = (), if_set: Collection[str] = (), every: bool = False
) -> dict[str, Any]:
    """The document of a record. What it holds is to be written, not changed.

    leave_out: fields that are not stored; if_set: those that are stored only where they are not empty. every: also
    empty ones whose class says so, as none of the record's own fields may be missing.
    """
    slots, document = _layout(type(record)).slots, {}
    for name, slot in slots.items():
        if name in leave_out:
            continue
        value = getattr(getattr(record, slot.part) if slot.part else record, slot.name)
        if not value and not every and (slot.if_set or name in if_set):
            continue
        document[name] = slot.write(value) if slot.write and value is not None else value
    return document | {name: value for name, value in record.unknown.items() if name not in slots}


def evolve_record(record: R, changes: Mapping[str, Any]) -> R:
    """The same record with other values, of its own fields or of its parts'; TypeError for an unknown name."""
    layout = _layout(type(record))
    own: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for name, value in changes.items():
        part = layout.slots[layout.stored[name]].part if name in layout.stored else ""
        (parts.setdefault(part, {}) if part else own)[name] = value
    return replace(record, **own, **{part: replace(getattr(record, part), **v) for part, v in parts.items()})


def stored_values(record: Record, names: Collection[str]) -> dict[str, Any]:
    """Some of the fields of a record, by field name, as a map by their stored names."""
    stored = _layout(type(record)).stored
    document = write_record(record, every=True)
    return {stored[name]: document[stored[name]] for name in names}


def fields_of(kind: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse: stored values by field name; what a newer release has added is in `unknown`, if anything is."""
    slots = _layout(kind).slots
    known = ((slots[name], value) for name, value in document.items() if name in slots)
    found = {slot.name: slot.read(value) if slot.read and value is not None else value for slot, value in known}
    unknown = {name: value for name, value in document.items() if name not in slots}
    return found | ({"unknown": unknown} if unknown else {})


def values_of(record: Record) -> dict[str, Any]:
    """The values of its fields and of those of its parts, by field name, `unknown` too."""
    slots = _layout(type(record)).slots.values()
    own = {slot.name: getattr(getattr(record, slot.part) if slot.part else record, slot.name) for slot in slots}
    return own | {"unknown": record.unknown}


def stored_fields(kind: type[Record] | type[Part]) -> dict[str, str]:
    """The name under which each field is stored → what its annotation says of the value.

    `a.b` is the field b of the record, or of each record of the list, a. The fields of a Part are stored flat.
    """
    found: dict[str, str] = {}
    for each in fields(kind):
        words = str(each.type).removesuffix(" | None")
        inner = _named(kind, words.removeprefix("tuple[").removesuffix(", ...]"))
        stored = each.metadata.get(STORED, each.name)
        if isinstance(inner, type) and issubclass(inner, Part):
            found |= stored_fields(inner)
        elif isinstance(inner, type) and is_dataclass(inner) and issubclass(inner, Record):
            found |= {f"{stored}.{name}": type_of for name, type_of in stored_fields(inner).items()}
        elif each.name != "unknown":
            found[stored] = words
    return found


def with_schema(document: dict[str, Any]) -> dict[str, Any]:
    """The same document with the number of the newest release whose fields it may hold."""
    return document | {_SCHEMA: max(SCHEMA, document.get(_SCHEMA) or 0)}


_LAYOUTS: dict[type[Record], _Layout] = {}
"""What is known of each class so far."""


def _layout(kind: type[Record]) -> _Layout:
    if kind not in _LAYOUTS:
        parts = {each.name: part for each in fields(kind) if (part := _part(kind, each))}
        slots = [pair for each in fields(kind) if each.name not in (*parts, "unknown") for pair in _slot(kind, each)]
        slots += [pair for name, part in parts.items() for each in fields(part) for pair in _slot(part, each, name)]
        _LAYOUTS[kind] = _Layout(dict(slots), parts, {slot.name: stored for stored, slot in slots})
    return _LAYOUTS[kind]


def _part(kind: type[Record], each: Field[Any]) -> type[Part] | None:
    named = _named(kind, str(each.type))
    return named if isinstance(named, type) and issubclass(named, Part) else None


def _slot(kind: type, each: Field[Any], part: str = "") -> list[tuple[str, _Slot]]:
    """By the annotation's text, which costs less than resolving every annotation of a class."""
    words = str(each.type)
    plain = words.removesuffix(" | None")
    nullable = plain != words
    several = plain.startswith("tuple[")
    read, write = _converts(_named(kind, plain.removeprefix("tuple[").removesuffix(", ...]")))
    if several:
        read, write = partial(_all, tuple, read), partial(_all, list, write)
    if_set = each.metadata.get(_IF_SET, False)
    return [(each.metadata.get(STORED, each.name), _Slot(each.name, part, read, write, nullable, if_set))]


def _all(several: Convert, convert: Convert | None, values: Any) -> Any:
    return several(map(convert, values) if convert else values)


def _named(kind: type, name: str) -> Any:
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
