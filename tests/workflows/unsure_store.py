"""A store of this machine that behaves as a far one can: what it has written it does not always confirm."""

from __future__ import annotations
from collections.abc import Callable
from typing import TypeVar

from workflows.adapters.sqlite import SqliteStore
from workflows.failures import StoreUnavailable
from workflows.ports import Document, Transaction

T = TypeVar("T")


class UnsureStore(SqliteStore):
    """lost: commits land, and their answer does not; twice: the work is done again after its commit; away: once
    something was lost, nothing can be read."""

    lost = twice = away = _silent = False

    def transact(self, work: Callable[[Transaction], T]) -> T:
        done = super().transact(work)
        if self.twice:
            return super().transact(work)
        if self.lost:
            self._silent = self.away
            raise StoreUnavailable
        return done

    def get(self, collection: str, id: str) -> Document | None:
        if self._silent:
            raise StoreUnavailable
        return super().get(collection, id)

    def answer_again(self) -> None:
        """Whatever was wrong is over."""
        self.lost = self.twice = self.away = self._silent = False
