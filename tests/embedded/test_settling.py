"""Waiting for all that is due: letters, complaints not yet routed, and giving up on what is stuck."""

from __future__ import annotations
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.app.container import INDEXES
from infra.embedded.drain import IdleWait, due_now
from workflows.adapters.sqlite import SqliteStore
from workflows.ports import Store

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return SqliteStore(tmp_path / "laksa.db", INDEXES)


def _put(store: Store, collection: str, id: str, **data: Any) -> None:
    store.transact(lambda transaction: transaction.set(collection, id, data))


@pytest.mark.parametrize(
    ("collection", "data", "due"),
    [
        ("notices", {"state": "queued", "next_try_at": NOW}, True),
        ("notices", {"state": "queued", "next_try_at": NOW + timedelta(seconds=1)}, False),
        ("notices", {"state": "sent"}, False),
        ("complaints", {"state": "received", "next_check_at": NOW}, True),
        ("complaints", {"state": "received", "next_check_at": NOW + timedelta(minutes=1)}, False),
        ("complaints", {"state": "assigned", "next_check_at": NOW}, False),
    ],
)
def test_due_is_a_letter_or_an_unrouted_complaint_whose_alarm_has_rung(
    store: Store, collection: str, data: dict[str, Any], due: bool
) -> None:
    _put(store, collection, "it", **data)
    assert due_now(store, NOW) == ({"it"} if due else set())


def test_it_sweeps_until_nothing_is_due(store: Store) -> None:
    for id in ("first", "second"):
        _put(store, "notices", id, state="queued", next_try_at=NOW)

    def sweep() -> None:
        next_one = min(due_now(store, NOW))
        _put(store, "notices", next_one, state="sent")

    assert IdleWait(store, Standing(), sweep, lambda seconds: True).settle(5)
    assert not due_now(store, NOW)


def test_it_gives_up_on_what_no_sweep_moves(store: Store) -> None:
    _put(store, "notices", "stuck", state="queued", next_try_at=NOW)
    swept: list[int] = []
    settling = IdleWait(store, Standing(), lambda: swept.append(1), lambda seconds: True)
    assert not settling.settle(5)
    assert 1 < len(swept) < 6


def test_it_gives_up_when_the_bus_never_comes_to_rest(store: Store) -> None:
    assert not IdleWait(store, Standing(), lambda: None, lambda seconds: False).settle(0)
