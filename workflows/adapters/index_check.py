"""Checks whether Firestore can answer a query with the declared indexes. Its emulator answers all queries, and
SQLite would scan, so every adapter runs the same check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workflows.failures import IndexMissing

if TYPE_CHECKING:
    from workflows.ports import Query

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
        (entry["collectionGroup"], entry["fieldPath"]): _directions(entry)
        for entry in declaration["fieldOverrides"]
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
