"""The embedded stack's keys: made at the first start, kept in one file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from workflows.adapters.local_files import sync_folder


def load_or_create(path: Path) -> list[str]:
    """The keys in the file, first the one that signs; a missing file is made with one fresh key, mode 600.

    Of several processes that start at once one makes it, and all get the same keys. ValueError when the file
    holds no keys: new ones would silently break every link out there.
    """
    if not path.exists():
        keep(path, [secrets.token_urlsafe(32)])
    return load(path)


def load(path: Path) -> list[str]:
    """The keys in a file that is there; ValueError as for load_or_create."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))["keys"]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no file of keys") from error
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError(f"{path} holds no list of keys")
    return keys


def keep(path: Path, keys: list[str]) -> None:
    """Make the file, mode 600, with these keys; one that is there stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A temporary file is born with mode 600, whatever the umask.
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, encoding="utf-8") as file:
        json.dump({"keys": keys}, file)
        file.flush()
        os.fsync(file.fileno())
        # Unlike a rename, a link never replaces the file that another process was faster to make.
        with suppress(FileExistsError):
            os.link(file.name, path)
    sync_folder(path.parent)
