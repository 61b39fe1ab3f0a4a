"""The keys of the embedded stack: created at the first start and kept in a file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from workflows.adapters.local_files import sync_folder


def load_or_create(path: Path) -> list[str]:
    """The keys in the file, first the one that signs. A missing file is created with one fresh key, mode 600; of
    several processes that start at once one creates it, and all get the same keys. ValueError when the file holds
    no keys: new ones would silently break every link in use.
    """
    if not path.exists():
        keep(path, [secrets.token_urlsafe(32)])
    return load(path)


def load(path: Path) -> list[str]:
    """The keys in an existing file; ValueError when it holds none."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))["keys"]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no file of keys") from error
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError(f"{path} holds no list of keys")
    return keys


def keep(path: Path, keys: list[str]) -> None:
    """Create the file with these keys, mode 600; an existing file is left unchanged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # a temporary file is created with mode 600, whatever the umask
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, encoding="utf-8") as file:
        json.dump({"keys": keys}, file)
        file.flush()
        os.fsync(file.fileno())
        # unlike a rename, a link never replaces a file that another process created first
        with suppress(FileExistsError):
            os.link(file.name, path)
    sync_folder(path.parent)
