"""A restore that was cut: half of a city is none, so nothing opens it."""

from __future__ import annotations

from pathlib import Path

from functions.data_folder import RESTORING
from workflows.failures import StoreUnavailable


def require_restored(folder: Path) -> None:
    """StoreUnavailable where a restore into this data folder has begun and not ended."""
    if (folder / RESTORING).exists():
        raise StoreUnavailable(f"a restore into {folder} was cut; run `laksa restore` again")
