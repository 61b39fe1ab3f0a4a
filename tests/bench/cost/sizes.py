"""How many bytes Firestore counts for a document and for its index entries.

The rules: https://firebase.google.com/docs/firestore/storage-size
"""

from __future__ import annotations
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workflows.ports import Document

ENTRY = 32
"""Bytes beside its parts, of a document as of an index entry."""
NAME = 16
UNINDEXED = 2
"""Index entries of a field with no exemption: ascending and descending."""


@dataclass(frozen=True)
class Indexes:
    """exempt: entries of a field by (collection, field); composite: the fields of each index by collection."""

    exempt: Mapping[tuple[str, str], int]
    composite: Mapping[str, tuple[tuple[str, ...], ...]]


def read_indexes(file: Path) -> Indexes:
    """As firestore.indexes.json declares them."""
    told = json.loads(file.read_text("utf-8"))
    exempt = {(each["collectionGroup"], each["fieldPath"]): len(each["indexes"]) for each in told["fieldOverrides"]}
    composite: dict[str, tuple[tuple[str, ...], ...]] = {}
    for index in told["indexes"]:
        fields = tuple(field["fieldPath"] for field in index["fields"])
        composite[index["collectionGroup"]] = (*composite.get(index["collectionGroup"], ()), fields)
    return Indexes(exempt, composite)


def name_size(collection: str, id: str) -> int:
    """Of a document's name."""
    return sum(len(part.encode()) + 1 for part in (*collection.split("/"), id)) + NAME


def value_size(value: Any) -> int:
    """Of a field's value."""
    match value:
        case None | bool():
            return 1
        case int() | float() | datetime():
            return 8
        case str():
            return len(value.encode()) + 1
        case bytes():
            return len(value)
        case dict():
            return fields_size(value)
        case _:
            return sum(map(value_size, value))


def fields_size(fields: Mapping[str, Any]) -> int:
    """Of names and values."""
    return sum(len(name.encode()) + 1 + value_size(value) for name, value in fields.items())


def document_size(collection: str, id: str, data: Document) -> int:
    """Of the document itself."""
    return name_size(collection, id) + fields_size(data) + ENTRY


def index_size(collection: str, id: str, data: Document, indexes: Indexes) -> int:
    """Of all its entries, in the indexes of single fields and in the composite ones."""
    return sum(_single(collection, id, data, indexes)) + sum(_composite(collection, id, data, indexes))


def _single(collection: str, id: str, data: Document, indexes: Indexes) -> Iterator[int]:
    group = collection.rpartition("/")[2]
    for name, value in data.items():
        entries = indexes.exempt.get((group, name), UNINDEXED)
        if entries:
            yield from _entries(name, value, entries, name_size(collection, id) + _parent(collection) + ENTRY)


def _entries(name: str, value: Any, entries: int, around: int) -> Iterator[int]:
    """A field of a map is a field of its own; each element of a list has one entry more."""
    if isinstance(value, dict):
        for below, inner in value.items():
            yield from _entries(f"{name}.{below}", inner, entries, around)
    if isinstance(value, list):
        yield from (around + len(name) + 1 + value_size(element) for element in value)
    yield entries * (around + len(name.encode()) + 1 + min(value_size(value), 1500))


def _composite(collection: str, id: str, data: Document, indexes: Indexes) -> Iterator[int]:
    around = name_size(collection, id) + _parent(collection) + ENTRY
    for fields in indexes.composite.get(collection.rpartition("/")[2], ()):
        if all(field in data for field in fields):
            yield around + sum(value_size(data[field]) for field in fields)


def _parent(collection: str) -> int:
    above = collection.rpartition("/")[0]
    return name_size(*above.rpartition("/")[::2]) if above else 0
