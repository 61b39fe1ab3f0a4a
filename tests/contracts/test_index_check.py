"""Which queries need an index, as a table."""

from __future__ import annotations
from pathlib import Path
from typing import Any

import pytest

from workflows.adapters.document_store import load_indexes, parse_indexes, require_index
from workflows.failures import IndexMissing
from workflows.ports import Operator, Query

Condition = tuple[str, Operator, Any]
ASC, DESC = "ASCENDING", "DESCENDING"


def _index(group: str, *fields: tuple[str, str], scope: str = "COLLECTION") -> dict[str, Any]:
    parts = [{"fieldPath": field, "order": order} for field, order in fields]
    return {"collectionGroup": group, "queryScope": scope, "fields": parts}


def _override(group: str, field: str, *orders: str) -> dict[str, Any]:
    indexes = [{"order": order, "queryScope": "COLLECTION"} for order in orders]
    return {"collectionGroup": group, "fieldPath": field, "indexes": indexes}


DECLARED = parse_indexes(
    {
        "indexes": [
            _index("cases", ("state", ASC), ("due", ASC)),
            _index("cases", ("opd", DESC), ("kind", ASC), ("due", ASC)),
            _index("cases", ("kind", ASC), ("at", DESC), ("__name__", DESC)),
            _index("cases", ("text", ASC), ("kind", ASC)),
            _index("cases", ("opd", ASC), ("at", ASC), scope="COLLECTION_GROUP"),
            _index("entries", ("by", ASC), ("at", ASC)),
            _index("log", ("__name__", DESC)),
        ],
        "fieldOverrides": [_override("cases", "text"), _override("cases", "due", ASC)],
    }
)
A: Condition = ("opd", "==", "x")
B: Condition = ("kind", "==", "y")
C: Condition = ("state", "==", "z")

ANSWERED: dict[str, Query] = {
    "everything by id": Query("cases"),
    "one equality": Query("cases", where=(A,)),
    "equalities merge": Query("cases", where=(A, B, C)),
    "equality by id descending": Query("cases", where=(A,), descending=True),
    "order on one field": Query("cases", order_by="at", descending=True),
    "order with a range on it": Query("cases", where=(("at", ">", 1), ("at", "<=", 5)), order_by="at"),
    "equality and order": Query("cases", where=(C,), order_by="due"),
    "equality, range and order": Query("cases", where=(C, ("due", "<", 5)), order_by="due"),
    "two equalities in another order": Query("cases", where=(B, A), order_by="due"),
    "two indexes merge": Query("cases", where=(A, B, C), order_by="due"),
    "index that spells out its id": Query("cases", where=(B,), order_by="at", descending=True),
    "exempted field within a composite": Query("cases", where=(("text", "==", "x"), B)),
    "field indexed in one direction": Query("cases", order_by="due"),
    "sub-collection by its own name": Query("cases/1/entries", where=(("by", "==", "x"),), order_by="at"),
    "exemption of another collection": Query("things", where=(("text", "==", "x"),)),
    "declared descending ids": Query("log", descending=True),
}

REFUSED: dict[str, Query] = {
    "equality and order without its index": Query("cases", where=(A,), order_by="at"),
    "index of another collection": Query("things", where=(C,), order_by="due"),
    "order in the other direction": Query("cases", where=(C,), order_by="due", descending=True),
    "only some of the index's equalities": Query("cases", where=(A,), order_by="due"),
    "an equality no index holds": Query("cases", where=(C, ("hops", "==", 1)), order_by="due"),
    "index with more after the order": Query("cases", where=(A,), order_by="kind"),
    "equality on an exempted field": Query("cases", where=(("text", "==", "x"),)),
    "exempted field among equalities": Query("cases", where=(A, ("text", "==", "x"))),
    "order by an exempted field": Query("cases", order_by="text"),
    "direction that is not indexed": Query("cases", order_by="due", descending=True),
    "everything by id descending": Query("cases", descending=True),
    "parent's index in a sub-collection": Query("entries/1/things", where=(("by", "==", 1),), order_by="at"),
}

MALFORMED: dict[str, Query] = {
    "range without order": Query("cases", where=(("due", ">", 1),)),
    "range on another field": Query("cases", where=(("due", ">", 1),), order_by="at"),
    "two ranges": Query("cases", where=(("due", ">", 1), ("at", ">", 1)), order_by="at"),
    "order on an equality": Query("cases", where=(A,), order_by="opd"),
    "equality and range on one field": Query("cases", where=(A, ("opd", ">", 1)), order_by="opd"),
    "range over null": Query("cases", where=(("due", "<", None),), order_by="due"),
    "field within a field": Query("cases", where=(("assignment.opd", "==", 1),)),
    "quote in a field": Query("cases", order_by="a') --"),
    "reserved field": Query("cases", order_by="__name__"),
    "no limit": Query("cases", limit=0),
    "path of a document": Query("cases/1"),
    "empty path": Query(""),
}


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED.keys())
def test_a_query_is_answered(query: Query) -> None:
    require_index(query, DECLARED)


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED.keys())
def test_a_query_is_refused_for_want_of_an_index(query: Query) -> None:
    with pytest.raises(IndexMissing):
        require_index(query, DECLARED)


@pytest.mark.parametrize("query", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_query_is_a_mistake_whatever_the_indexes(query: Query) -> None:
    with pytest.raises(ValueError, match=": "):
        require_index(query, DECLARED)


DECLARATION = Path(__file__).parents[2] / "infra" / "firestore.indexes.json"


@pytest.mark.parametrize(("collection", "field"), [("complaints", "text"), ("routing", "blob")])
def test_long_text_is_exempt_from_indexing(collection: str, field: str) -> None:
    with pytest.raises(IndexMissing):
        require_index(Query(collection, where=((field, "==", "x"),)), load_indexes(DECLARATION))
