"""What only the SQLite store must prove: it outlives a kill, uses its indexes and shares its file."""

from __future__ import annotations
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.contracts.conftest import INDEXES
from workflows.adapters.document_store import load_indexes
from workflows.adapters.sqlite import SqliteStore, count_sql, index_sql, select_sql
from workflows.failures import StoreConflict, StoreUnavailable
from workflows.ports import Query, Transaction

pytestmark = pytest.mark.slow

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)

WRITER = """
import itertools, sys
from pathlib import Path
from threading import Event
from workflows.adapters.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]), Path(sys.argv[2]))
for number in itertools.count():
    def work(transaction):
        transaction.create("things", f"{number:06}", {"text": "x" * 3000})
        transaction.create("twins", f"{number:06}", {"text": "y" * 3000})
    store.transact(work)
    print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "laksa.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path, INDEXES, busy_seconds=0.2)) as opened:
        yield opened


def test_a_killed_process_loses_nothing_it_said_was_stored(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path), str(INDEXES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < 100:
            pass
        process.kill()
        said = [int(line) for line in process.stdout.read().splitlines() if line] or [100]
    with closing(SqliteStore(path, INDEXES)) as store:
        count = store.count(Query("things"))
        assert count > max(said)
        assert store.count(Query("twins")) == count


SORTED, NEWEST, CURSOR = "sorted", "newest", "cursor"
ASKED: list[tuple[str, str]] = [
    ("complaints__call_by", ">"),
    ("complaints__next_check_at", "<= cursor"),
    ("complaints__erase_at", "<="),
    ("reporters__email_key", "== cursor"),
    ("reporters__phone", "=="),
    ("submissions__ticket", "=="),
    ("notices__next_try_at", "<="),
    ("complaints__state__next_check_at", "== sorted"),
    ("complaints__assignment_opd__answer_by", "== <"),
    ("complaints__assignment_opd__urgent__answer_by", "== == sorted cursor"),
    ("complaints__assignment_opd__kelurahan__restricted__urgent__answer_by", "== == == == sorted"),
    ("complaints__assignment_opd__state__answer_by", "== == <="),
    ("complaints__assignment_opd__added_at", "== >"),
    ("complaints__silent_opd__answer_by", "=="),
    ("complaints__near_cell__received_at", "== newest"),
    ("complaints__near_street__received_at", "== newest"),
    ("kept_photos__forget_at", "<="),
    ("notices__to__template__created_at", "== == >"),
    ("notices__bundle__created_at", "== sorted"),
    ("submissions__sender__alike__received_at", "== == >"),
    ("notices__line__created_at", "== sorted"),
    ("notices__line", ">"),
    ("submissions__sender__received_at", "=="),
    ("notices__ticket__created_at", "== sorted"),
    ("notices__state__created_at", "== sorted"),
]
"""Index, and how its fields are asked for in turn; a range sorts by its field, `sorted` by the last one."""


def asked(index: str, how: str) -> Query:
    """The query; a value is of the type that its field has."""
    (collection, *fields), words = index.split("__"), how.split()
    operators = [word for word in words if word not in (SORTED, NEWEST, CURSOR)]
    values: dict[str, Any] = {"urgent": True, "restricted": False, "line": ""}
    where: Any = tuple(
        (field, operator, values.get(field, "x" if operator == "==" else NOON))
        for field, operator in zip(fields, operators, strict=False)
    )
    by_last = operators[-1] != "==" or {SORTED, NEWEST} & {*words}
    order, after = (fields[-1], (NOON, "a")) if by_last else (None, (None, "a"))
    return Query(collection, where, order, NEWEST in words, after=after if CURSOR in words else None)


PREFIX: Any = (("notice", ">=", "x"), ("notice", "<", "y"))
USES = {index: asked(index, how) for index, how in ASKED}
USES["inbound__notice"] = Query("inbound", PREFIX, "notice")


@pytest.mark.parametrize(("index", "query"), USES.items(), ids=USES.keys())
def test_a_query_of_the_desk_uses_its_declared_index(store: SqliteStore, path: Path, index: str, query: Query) -> None:
    store.query(query)
    with closing(sqlite3.connect(path)) as connection:
        for sql, parameters in (select_sql(query), count_sql(query)):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
            assert index in plan[0][3]


def test_an_ordered_query_reads_no_more_than_its_page(store: SqliteStore, path: Path) -> None:
    query = USES["complaints__next_check_at"]
    store.query(query)
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {select_sql(query)[0]}", select_sql(query)[1])
        assert [step[3] for step in plan] == [
            "SEARCH documents USING INDEX complaints__next_check_at (<expr>>? AND <expr><?)"
        ]


def test_a_changed_declaration_changes_the_indexes_and_keeps_the_documents(path: Path, tmp_path: Path) -> None:
    fewer = tmp_path / "indexes.json"
    fewer.write_text('{"indexes": [], "fieldOverrides": []}')
    declared = len(list(index_sql(load_indexes(INDEXES))))
    for declaration, number in ((INDEXES, declared), (fewer, 0), (INDEXES, declared)):
        with closing(SqliteStore(path, declaration)) as store:
            store.transact(lambda transaction: transaction.set("things", "one", {"a": 1}))
        with closing(sqlite3.connect(path)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%'").fetchall()
        assert len(names) == number
    with closing(SqliteStore(path, INDEXES)) as store:
        assert store.get("things", "one") == {"a": 1}


def test_many_threads_write_and_read_at_once(path: Path) -> None:
    def count_up(transaction: Transaction) -> None:
        document = transaction.get("things", "one") or {"n": 0}
        transaction.set("things", "one", {"n": document["n"] + 1})

    def write_and_read(store: SqliteStore) -> None:
        for _ in range(5):
            store.transact(count_up)
            assert store.get("things", "one") is not None

    with closing(SqliteStore(path, INDEXES)) as store, ThreadPoolExecutor(16) as threads:
        for done in [threads.submit(write_and_read, store) for _ in range(16)]:
            done.result()
        assert store.get("things", "one") == {"n": 80}


def test_another_writer_in_the_way_is_a_conflict_but_reads_go_on(store: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreConflict):
            store.transact(lambda transaction: transaction.set("things", "one", {}))
        assert store.get("things", "one") is None
    store.transact(lambda transaction: transaction.set("things", "one", {}))
    assert store.get("things", "one") == {}


def test_a_slow_writer_in_this_process_is_a_conflict_for_the_next(store: SqliteStore) -> None:
    begun, refused = Event(), Event()

    def work(_: Transaction) -> bool:
        begun.set()
        return refused.wait(60)

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(store.transact, work)
        assert begun.wait(60)
        with pytest.raises(StoreConflict):
            store.transact(lambda transaction: transaction.set("things", "one", {}))
        refused.set()
        assert slow.result()


def test_a_file_that_cannot_be_opened_or_read_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "no such folder" / "laksa.db", INDEXES)
    (tmp_path / "other.db").write_bytes(b"this is a letter, not a database. " * 100)
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "other.db", INDEXES)


def test_a_closed_store_is_unavailable(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(StoreUnavailable):
        store.get("things", "one")
