"""The sentences of ports.Store, Transaction and Query, held against every adapter."""

from __future__ import annotations
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from workflows.failures import DocumentExists, DocumentMissing, IndexMissing, ReadAfterWrite
from workflows.ports import DELETE, Document, Operator, Query, Store, Transaction

NOON = datetime(2026, 3, 2, 5, 0, 0, 123456, tzinfo=UTC)
WIB = timezone(timedelta(hours=7))


class State(StrEnum):
    OPEN = "open"


def put(store: Store, collection: str, documents: dict[str, Document]) -> None:
    def work(transaction: Transaction) -> None:
        for id, document in documents.items():
            transaction.set(collection, id, document)

    store.transact(work)


def ids(store: Store, query: Query) -> list[str]:
    return [found.id for found in store.query(query)]


def pages(store: Store, order_by: str, size: int, descending: bool) -> Iterable[list[str]]:
    after = None
    while True:
        query = Query("things", order_by=order_by, descending=descending, limit=size, after=after)
        found = store.query(query)
        if not found:
            return
        yield [one.id for one in found]
        after = (found[-1].data[order_by], found[-1].id)


VALUES: dict[str, Any] = {
    "null": None,
    "booleans": [True, False],
    "integers": [0, -1, 2**63 - 1, -(2**63)],
    "floats": [0.5, -6.178306, 1e300],
    "empty text": "",
    "emoji, combining, right to left": "Jl. Imam Bonjol 👩‍🚒 é e\u0301 \u202eمرحبا\u202c",
    "NUL and its neighbours": ["\x00", "a\x00b\x01c\x01\x01\x02", "\x01"],
    "text like what a store may write": ["SS", "D2026-03-02T05:00:00.123456+00:00", "B1", "null", "{}", "\\u0000"],
    "a moment with microseconds": NOON,
    "a moment far back": datetime(1, 1, 2, tzinfo=UTC),
    "bytes": [b"", b"\x00\xff\xfe", bytes(range(256))],
    "nested": {"opd": "dishub", "since": NOON, "trail": [{"at": NOON, "none": None, "deep": [1, {"a.b": b"x"}]}]},
    "empty list": [],
    "empty map": {},
    "map with odd keys": {"36.71.01": 1, "a b": 2, "`": 3, "é": 4},
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_a_value_comes_back_equal_and_of_the_same_type(store: Store, value: Any) -> None:
    put(store, "things", {"one": {"value": value}})
    document = store.get("things", "one")
    assert document == {"value": value}
    assert type(document["value"]) is type(value)


def test_a_moment_comes_back_in_utc_as_a_plain_datetime(store: Store) -> None:
    put(store, "things", {"one": {"at": NOON.astimezone(WIB)}})
    document = store.get("things", "one")
    assert document == {"at": NOON}
    assert (type(document["at"]), document["at"].tzinfo) == (datetime, UTC)


def test_an_enumeration_is_stored_as_its_text(store: Store) -> None:
    put(store, "things", {"one": {"state": State.OPEN}})
    document = store.get("things", "one")
    assert document is not None
    assert type(document["state"]) is str
    assert ids(store, Query("things", where=(("state", "==", State.OPEN),))) == ["one"]


REFUSED: dict[str, Any] = {
    "a naive moment": datetime(2026, 3, 2),
    "a date": NOON.date(),
    "a set": {1},
    "a tuple": (1, 2),
    "a list in a list": [[1]],
    "not a number": float("nan"),
    "infinity": float("-inf"),
    "an integer of 65 bits": 2**63,
    "half a surrogate pair": "\ud83d",
    "a key that is no text": {1: 2},
    "an empty key": {"": 1},
    "DELETE outside an update": DELETE,
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED.keys())
def test_a_value_outside_the_contract_is_refused_and_nothing_is_written(store: Store, value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        put(store, "things", {"one": {"a": 1}, "two": {"value": value}})
    assert store.get_many("things", ["one", "two"]) == [None, None]


@pytest.mark.parametrize("id", ["", ".", "..", "__one__", "a/b", "x" * 1501])
def test_an_impossible_id_is_refused(store: Store, id: str) -> None:
    with pytest.raises(ValueError, match="impossible id"):
        put(store, "things", {id: {}})


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.get("things", "one") is None
    assert store.query(Query("things")) == []
    assert store.count(Query("things")) == 0


def test_get_many_keeps_the_order_with_none_for_what_is_missing(store: Store) -> None:
    put(store, "things", {"a": {"n": 1}, "b": {"n": 2}})
    assert store.get_many("things", ["b", "x", "a", "b"]) == [{"n": 2}, None, {"n": 1}, {"n": 2}]
    assert store.get_many("things", []) == []


def test_a_document_of_900_kb_is_kept(store: Store) -> None:
    big: Document = {"blob": os.urandom(600_000), "text": "é" * 150_000}
    put(store, "routing", {"v1": big})
    assert store.get("routing", "v1") == big


def test_500_writes_land_in_one_transaction(store: Store) -> None:
    put(store, "things", {f"{number:03}": {"number": number} for number in range(500)})
    assert store.count(Query("things")) == 500


def test_sub_collections_are_apart_from_their_parent_and_from_each_other(store: Store) -> None:
    put(store, "complaints", {"A": {"state": "received"}})
    put(store, "complaints/A/timeline", {"2": {"sequence": 2}, "1": {"sequence": 1}})
    put(store, "complaints/B/timeline", {"1": {"sequence": 9}})
    assert ids(store, Query("complaints")) == ["A"]
    assert ids(store, Query("complaints/A/timeline", order_by="sequence")) == ["1", "2"]
    assert store.get("complaints/B/timeline", "1") == {"sequence": 9}


def test_transact_returns_what_work_returns(store: Store) -> None:
    put(store, "things", {"one": {"n": 41}})
    assert store.transact(lambda transaction: transaction.get("things", "one")) == {"n": 41}


def test_set_replaces_the_whole_document(store: Store) -> None:
    put(store, "things", {"one": {"a": 1, "b": 2}})
    put(store, "things", {"one": {"b": 3}})
    assert store.get("things", "one") == {"b": 3}


def test_update_merges_top_level_fields_and_delete_removes_one(store: Store) -> None:
    put(store, "things", {"one": {"kept": 1, "gone": 2, "map": {"a": 1, "b": 2}, "x.y": 5}})
    changes = {"gone": DELETE, "map": {"a": 3}, "x.y": 6, "new": None, "never there": DELETE}
    store.transact(lambda transaction: transaction.update("things", "one", changes))
    assert store.get("things", "one") == {"kept": 1, "map": {"a": 3}, "x.y": 6, "new": None}


def test_an_update_of_nothing_changes_nothing_but_wants_its_document(store: Store) -> None:
    put(store, "things", {"one": {"a": 1}})
    store.transact(lambda transaction: transaction.update("things", "one", {}))
    assert store.get("things", "one") == {"a": 1}
    with pytest.raises(DocumentMissing):
        store.transact(lambda transaction: transaction.update("things", "two", {}))


def test_delete_removes_the_document_and_minds_none_that_is_missing(store: Store) -> None:
    put(store, "things", {"one": {"a": 1}})
    for _ in range(2):
        store.transact(lambda transaction: transaction.delete("things", "one"))
    assert store.get("things", "one") is None


def test_writes_land_in_the_order_they_were_made(store: Store) -> None:
    def work(transaction: Transaction) -> None:
        transaction.create("things", "one", {"a": 1})
        transaction.update("things", "one", {"b": 2})
        transaction.delete("things", "two")
        transaction.create("things", "two", {"fresh": True})

    put(store, "things", {"two": {"old": True}})
    store.transact(work)
    assert store.get_many("things", ["one", "two"]) == [{"a": 1, "b": 2}, {"fresh": True}]


def test_a_document_changed_after_it_was_handed_over_is_stored_as_it_was(store: Store) -> None:
    def work(transaction: Transaction) -> None:
        document: Document = {"trail": [1]}
        transaction.create("things", "one", document)
        document["trail"].append(2)

    store.transact(work)
    assert store.get("things", "one") == {"trail": [1]}


def _fail_by_create(transaction: Transaction) -> None:
    transaction.create("things", "taken", {})


def _fail_by_update(transaction: Transaction) -> None:
    transaction.update("things", "missing", {"a": 1})


def _fail_by_itself(transaction: Transaction) -> None:
    raise KeyError("work's own mistake")


@pytest.mark.parametrize(
    ("failing", "error"),
    [(_fail_by_create, DocumentExists), (_fail_by_update, DocumentMissing), (_fail_by_itself, KeyError)],
)
def test_an_error_comes_out_of_transact_and_leaves_everything_undone(
    store: Store, failing: Callable[[Transaction], None], error: type[Exception]
) -> None:
    def work(transaction: Transaction) -> None:
        transaction.create("things", "before", {})
        transaction.set("things", "other", {"a": 2})
        failing(transaction)
        transaction.create("things", "after", {})

    put(store, "things", {"taken": {}, "other": {"a": 1}})
    with pytest.raises(error):
        store.transact(work)
    assert store.get_many("things", ["before", "other", "after"]) == [None, {"a": 1}, None]


def test_that_an_id_is_taken_shows_only_when_work_is_done(store: Store) -> None:
    put(store, "things", {"taken": {}})
    reached = []

    def work(transaction: Transaction) -> None:
        transaction.create("things", "taken", {})
        reached.append(True)

    with pytest.raises(DocumentExists):
        store.transact(work)
    assert reached == [True]


READS: dict[str, Callable[[Transaction], object]] = {
    "get": lambda transaction: transaction.get("things", "one"),
    "query": lambda transaction: transaction.query(Query("things")),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_after_a_write_is_refused_nothing_written(store: Store, read: Callable[[Transaction], object]) -> None:
    def work(transaction: Transaction) -> None:
        transaction.set("things", "one", {})
        read(transaction)

    with pytest.raises(ReadAfterWrite):
        store.transact(work)
    assert store.get("things", "one") is None


def test_a_transaction_reads_documents_and_queries_before_it_writes(store: Store) -> None:
    put(store, "notices", {"a": {"next_try_at": NOON}, "b": {"next_try_at": NOON + timedelta(seconds=1)}})
    due = Query("notices", where=(("next_try_at", "<=", NOON),), order_by="next_try_at")

    def work(transaction: Transaction) -> list[str]:
        assert transaction.get("notices", "none") is None
        found = transaction.query(due)
        for one in found:
            transaction.update("notices", one.id, {"next_try_at": DELETE})
        return [one.id for one in found]

    assert store.transact(work) == ["a"]
    assert store.transact(work) == []


def test_two_writers_of_one_document_both_count(store: Store) -> None:
    put(store, "things", {"one": {"n": 0}})
    both_have_read = Barrier(2, timeout=0.3)

    def work(transaction: Transaction) -> None:
        document = transaction.get("things", "one")
        assert document is not None
        # A store whose writers take turns lets only one of them read at a time.
        with suppress(BrokenBarrierError):
            both_have_read.wait()
        transaction.update("things", "one", {"n": document["n"] + 1})

    with ThreadPoolExecutor(2) as threads:
        for writer in [threads.submit(store.transact, work) for _ in range(2)]:
            writer.result()
    assert store.get("things", "one") == {"n": 2}


def test_a_query_without_order_is_ordered_by_id(store: Store) -> None:
    put(store, "things", {id: {"kind": "x"} for id in ("b", "é", "a", "B", "a0")})
    kind: tuple[str, Operator, Any] = ("kind", "==", "x")
    assert ids(store, Query("things", where=(kind,))) == ["B", "a", "a0", "b", "é"]
    assert ids(store, Query("things", where=(kind,), descending=True, limit=2)) == ["é", "b"]
    assert ids(store, Query("things", after=(None, "a"), limit=2)) == ["a0", "b"]


def test_a_query_brings_only_the_fields_that_it_names(store: Store) -> None:
    put(store, "things", {"a": {"n": 2, "of": {"x": NOON}, "text": "long"}, "b": {"n": 1}})
    found = store.query(Query("things", order_by="n", fields=("of", "n")))
    assert [(one.id, one.data) for one in found] == [("b", {"n": 1}), ("a", {"n": 2, "of": {"x": NOON}})]
    assert [one.data for one in store.query(Query("things", order_by="n", fields=("text",)))] == [{}, {"text": "long"}]


def test_null_sorts_first_and_a_document_without_the_field_is_left_out(store: Store) -> None:
    put(store, "things", {"a": {"n": 2}, "b": {"n": None}, "c": {}, "d": {"n": -1}, "e": {"n": 0.5}})
    assert ids(store, Query("things", order_by="n")) == ["b", "d", "e", "a"]
    assert ids(store, Query("things", order_by="n", descending=True)) == ["a", "e", "d", "b"]
    assert store.count(Query("things", order_by="n")) == 4


def test_null_matches_only_an_equality_with_none(store: Store) -> None:
    put(store, "things", {"a": {"n": None}, "b": {}, "c": {"n": 0}, "d": {"n": False}, "e": {"n": ""}})
    assert ids(store, Query("things", where=(("n", "==", None),))) == ["a"]
    assert ids(store, Query("things", where=(("n", "<=", 0),), order_by="n")) == ["c"]
    assert ids(store, Query("things", where=(("n", "==", False),))) == ["d"]


RANGES: list[tuple[Operator, Any, list[str]]] = [
    ("<", 2, ["minus", "one"]),
    ("<=", 1.0, ["minus", "one"]),
    (">", -3, ["one", "big"]),
    (">=", 2**53, ["big"]),
    ("<", "b", ["empty", "a"]),
    (">=", "", ["empty", "a", "b", "emoji"]),
    (">", "a", ["b", "emoji"]),
    ("<=", NOON, ["noon"]),
    (">", NOON, ["later"]),
    (">=", b"", ["nothing", "bytes"]),
    (">", False, ["true"]),
]


@pytest.mark.parametrize(("operator", "value", "expected"), RANGES)
def test_a_range_holds_values_of_its_type(store: Store, operator: Operator, value: Any, expected: list[str]) -> None:
    values: Document = {"null": None, "true": True, "minus": -3, "one": 1, "big": 2**53 + 1}
    values |= {"noon": NOON, "later": NOON + timedelta(1), "nothing": b"", "bytes": b"\xff"}
    values |= {"empty": "", "a": "a", "b": "b", "emoji": "👍"}
    put(store, "things", {id: {"v": value} for id, value in values.items()} | {"missing": {}})
    assert ids(store, Query("things", where=(("v", operator, value),), order_by="v")) == expected


def test_moments_are_ordered_to_the_microsecond_whatever_their_zone(store: Store) -> None:
    steps = [timedelta(days=-3650), timedelta(microseconds=-1), timedelta(0), timedelta(microseconds=1)]
    moments = {f"{9 - i}": NOON + step for i, step in enumerate(steps)}
    put(store, "things", {id: {"at": at.astimezone(WIB)} for id, at in moments.items()})
    assert ids(store, Query("things", order_by="at")) == ["9", "8", "7", "6"]
    assert ids(store, Query("things", where=(("at", "==", NOON.astimezone(WIB)),))) == ["7"]
    both_ends: tuple[tuple[str, Operator, Any], ...] = (("at", ">", moments["9"]), ("at", "<", NOON))
    assert ids(store, Query("things", where=both_ends, order_by="at")) == ["8"]


def test_text_is_ordered_by_its_code_points_even_around_nul(store: Store) -> None:
    texts = ["", "\x00", "\x00a", "\x01", "\x01\x00", "\x02", "A", "a", "a\x00", "a\x01", "ab", "é", "퟿"]
    put(store, "things", {f"{99 - number}": {"text_": text} for number, text in enumerate(texts)})
    assert [found.data["text_"] for found in store.query(Query("things", order_by="text_"))] == texts


def test_bytes_lists_and_maps_can_be_looked_up_whole(store: Store) -> None:
    values = {"bytes": b"\x00\xff", "list": [1, "a", NOON], "map": {"b": 1, "a": [NOON, None]}}
    put(store, "things", {id: {"v": value} for id, value in values.items()})
    for id, value in values.items():
        assert ids(store, Query("things", where=(("v", "==", value),))) == [id]


@pytest.mark.parametrize("descending", [False, True])
def test_pages_hold_every_document_once_with_ties_ordered_by_id(store: Store, descending: bool) -> None:
    values = [None, None, 1, 1, 1, 2, "x", "x"]
    put(store, "things", {id: {"v": value} for id, value in zip("hgfedcba", values, strict=True)})
    in_order = ["g", "h", "d", "e", "f", "c", "a", "b"]
    for size in (1, 2, 3):
        found = [id for page in pages(store, "v", size, descending) for id in page]
        assert found == (in_order[::-1] if descending else in_order)


def test_a_cursor_goes_on_where_its_document_was_deleted(store: Store) -> None:
    put(store, "things", {id: {"v": 1} for id in "abcd"})
    store.transact(lambda transaction: transaction.delete("things", "b"))
    assert ids(store, Query("things", order_by="v", after=(1, "b"))) == ["c", "d"]
    assert ids(store, Query("things", order_by="v", descending=True, after=(1, "b"))) == ["a"]
    assert ids(store, Query("things", after=(None, "b"))) == ["c", "d"]


def test_a_query_may_join_equalities_a_range_an_order_and_a_cursor(store: Store) -> None:
    days = [NOON + timedelta(number) for number in range(5)]
    cases = {f"{number}": {"assignment_opd": "dishub", "answer_by": day} for number, day in enumerate(days)}
    put(store, "complaints", cases | {"x": {"assignment_opd": "dinkes", "answer_by": days[2]}})
    where: tuple[tuple[str, Operator, Any], ...] = (("assignment_opd", "==", "dishub"), ("answer_by", ">=", days[1]))
    after = (days[2], "2")
    assert ids(store, Query("complaints", where=where, order_by="answer_by", limit=2)) == ["1", "2"]
    assert ids(store, Query("complaints", where=where, order_by="answer_by", after=after)) == ["3", "4"]
    assert store.count(Query("complaints", where=where, order_by="answer_by")) == 4


def test_equalities_need_no_index_of_their_own(store: Store) -> None:
    put(store, "complaints", {"1": {"state": "x", "kind": "y"}, "2": {"state": "x"}, "3": {"state": "x", "kind": "y"}})
    assert ids(store, Query("complaints", where=(("state", "==", "x"), ("kind", "==", "y")))) == ["1", "3"]


def test_count_takes_all_that_match_whatever_the_limit(store: Store) -> None:
    put(store, "things", {f"{number}": {"even": number % 2 == 0} for number in range(7)})
    assert store.count(Query("things", where=(("even", "==", True),), limit=1)) == 4


NEEDS_INDEX = Query("complaints", where=(("kind", "==", "aduan"),), order_by="answer_by")
ASKS: dict[str, Callable[[Store], object]] = {
    "query": lambda store: store.query(NEEDS_INDEX),
    "count": lambda store: store.count(NEEDS_INDEX),
    "query in a transaction": lambda store: store.transact(lambda transaction: transaction.query(NEEDS_INDEX)),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
def test_a_query_without_its_composite_index_is_refused(store: Store, ask: Callable[[Store], object]) -> None:
    with pytest.raises(IndexMissing):
        ask(store)


def test_a_malformed_query_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="range"):
        store.query(Query("things", where=(("n", ">", 1),)))
