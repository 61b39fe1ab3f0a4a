"""The note that a city keeps of its own import: until it is done, nobody may work there."""

from __future__ import annotations

from workflows.collection_names import SYSTEM
from workflows.failures import StoreUnavailable
from workflows.ports import Document, Store

MOVE = "move"
DONE = "done"


def require_whole(store: Store) -> None:
    """StoreUnavailable while an import was begun and not finished: mails would go out about half a city."""
    require_done(store.get(SYSTEM, MOVE))


def require_done(note: Document | None) -> None:
    """The same check on the note itself; a city that was never imported has none."""
    if note and note["phase"] != DONE:
        raise StoreUnavailable("the import into this city was cut: run `laksa import` with the same file again")
