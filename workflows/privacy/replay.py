"""Following the ledger again: whatever an old copy of the store brought back is erased once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workflows.failures import UnknownComplaint
from workflows.privacy import ledger
from workflows.privacy.erase import follow, holdings, target_of
from workflows.privacy.keepers import Keepers
from workflows.privacy.ledger import Erasure


def erase_undone(keepers: Keepers) -> int:
    """Erase what is noted beside the store and unknown to it; how many had something left. Cheap where none is."""
    return _all_again(keepers, ledger.undone(keepers, ledger.in_file(keepers.ledger)))


def erase_all_again(keepers: Keepers, more: Sequence[str] = ()) -> int:
    """Go through the whole ledger, and `more` lines of one kept elsewhere; how many had something left."""
    elsewhere = (erasure for line in more if (erasure := ledger.read_line(line)))
    return _all_again(keepers, ledger.every(keepers, elsewhere))


def _all_again(keepers: Keepers, erasures: Iterable[Erasure]) -> int:
    return sum(_again(keepers, erasure) for erasure in erasures)


def _again(keepers: Keepers, erasure: Erasure) -> bool:
    """Whether there was something to erase. Where there is no such case only the record is kept."""
    try:
        target = target_of(keepers, erasure.ticket, erasure.what, erasure.by)
    except UnknownComplaint:
        target = None
    if target and holdings(keepers, target):
        follow(keepers, target, erasure)
        return True
    keepers.ports.store.transact(lambda transaction: ledger.record(transaction, erasure))
    return False
