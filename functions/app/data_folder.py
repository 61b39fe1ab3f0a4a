"""The names of everything in a city's data folder, and whether a backup contains it. Refuses another user's data
folder, since the owner could not use what is created in it, and a folder whose restore was interrupted.
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
"""A restore's marker file, the prefix of the folder for the old data, and the folder with the new data."""
EMULATORS_FILE = "emulators.json"

FILES = (KEYS, CLOCK, LEDGER)
FOLDERS = (PHOTOS, MAIL)
IN_BACKUP = (STORE, *FILES, *FOLDERS)
"""A complete city has these; the store comes first."""
NOT_IN_BACKUP = (STORE_LOG, STORE_INDEX, HOST_LOCK, COPY_LOCK, RESTORING, ASIDE, STAGED, EMULATORS_FILE)
"""Files of a running process or a restore; the store's log is merged into the copy of the store."""


def require_own(folder: Path) -> None:
    """ValueError unless this user owns the folder; a missing folder is fine."""
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise ValueError(f"{folder} belongs to another user; run this as its owner")


def require_restored(folder: Path) -> None:
    """StoreUnavailable when a restore into this data folder was begun and not finished."""
    if (folder / RESTORING).exists():
        raise StoreUnavailable(f"a restore into {folder} was cut; run `laksa restore` again")
