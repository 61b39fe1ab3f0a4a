"""What a department may find in the store: not the cases given to it that the desk can still take back."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflows.collection_names import COMPLAINTS
from workflows.ports import Document, Found, Query, Reads

MOST = 1000
"""So many cases the whole desk gives away in ten minutes at most."""
_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class WithoutHeldBack:
    """A store's reads, with `held` (by ticket) neither found nor counted among the complaints."""

    store: Reads
    held: dict[str, Document]

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        hidden = self._hidden(collection)
        found = self.store.get_many(collection, ids)
        return [None if id in hidden else document for id, document in zip(ids, found, strict=True)]

    def query(self, query: Query) -> list[Found]:
        hidden = self._hidden(query.collection)
        found = self.store.query(replace(query, limit=query.limit + len(hidden)))
        return [item for item in found if item.id not in hidden][: query.limit]

    def count(self, query: Query) -> int:
        hidden = self._hidden(query.collection)
        return self.store.count(query) - sum(_matches(query, document) for document in hidden.values())

    def _hidden(self, collection: str) -> dict[str, Document]:
        return self.held if collection == COMPLAINTS else {}


def without_held_back(store: Reads, opd: str, now: datetime) -> Reads:
    """The store as that department may know it at this moment."""
    query = Query(COMPLAINTS, (("recall_until", ">", now),), order_by="recall_until", limit=MOST)
    held = {item.id: item.data for item in store.query(query) if item.data["assignment_opd"] == opd}
    return WithoutHeldBack(store, held) if held else store


def _matches(query: Query, document: Document) -> bool:
    """As the store compares: nothing is before or after what is missing."""
    return all(_compare(how, document.get(name), value) for name, how, value in query.where)


def _compare(how: str, held: Any, value: Any) -> bool:
    if how == "==":
        return bool(held == value)
    return held is not None and bool(_COMPARED[how](held, value))
