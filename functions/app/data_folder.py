"""What lies in a city's data folder: a name for each, and whether a backup holds it.

Whose a data folder is: what another user makes in it, its owner can neither read nor write.

A restore that was cut: half of a city is none, so nothing opens it.
"""

from __future__ import annotations

import os
from pathlib import Path

from workflows.failures import StoreUnavailable

STORE, STORE_LOG, STORE_INDEX = "laksa.db", "laksa.db-wal", "laksa.db-shm"
KEYS, CLOCK, LEDGER = "secrets.json", "clock.json", "erasures.jsonl"
PHOTOS, MAIL = "photos", "mail"
HOST_LOCK, COPY_LOCK = "laksa.lock", "copy.lock"
RESTORING, ASIDE, STAGED = "restoring", "before-restore-", ".restore.part"
"""A restore: the mark while it exchanges, the beginning of the folder for what was there, what is to come."""
EMULATORS_FILE = "emulators.json"

FILES = (KEYS, CLOCK, LEDGER)
FOLDERS = (PHOTOS, MAIL)
IN_BACKUP = (STORE, *FILES, *FOLDERS)
"""A city is whole with these; the store comes first."""
NOT_IN_BACKUP = (STORE_LOG, STORE_INDEX, HOST_LOCK, COPY_LOCK, RESTORING, ASIDE, STAGED, EMULATORS_FILE)
"""Of a running process, or of a restore; the store's log is in the copy of the store."""


def require_own(folder: Path) -> None:
    """ValueError for anybody but the folder's owner; a folder that is not there yet is nobody's."""
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise ValueError(f"{folder} belongs to another user; run this as its owner")


def require_restored(folder: Path) -> None:
    """StoreUnavailable where a restore into this data folder has begun and not ended."""
    if (folder / RESTORING).exists():
        raise StoreUnavailable(f"a restore into {folder} was cut; run `laksa restore` again")
