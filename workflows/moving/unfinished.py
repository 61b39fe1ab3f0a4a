"""The note that a city keeps of its own import: as long as that is not done, nobody may work there."""

from __future__ import annotations

from workflows.failures import StoreUnavailable
from workflows.ports import Store
from workflows.runner import SYSTEM

MOVE = "move"
DONE = "done"


def require_whole(store: Store) -> None:
    """StoreUnavailable while an import has begun and not ended: letters would go out about half a city."""
    note = store.get(SYSTEM, MOVE)
    if note and note["phase"] != DONE:
        raise StoreUnavailable("the import into this city was cut: run `laksa import` with the same file again")
