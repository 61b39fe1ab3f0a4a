"""Photos in a folder, one file each: whole or not there at all, and on disk before anybody relies on it.

What a photo may be called: nothing that leads elsewhere, and with the ending of its type.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from workflows.adapters.local_files import sync_folder
from workflows.domain.complaint.photo import TYPES
from workflows.failures import PhotosUnavailable

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\.[a-z0-9]{1,8})?\.(?P<ending>[a-z]+)", re.ASCII)


def type_of(name: str) -> str:
    """The type a name's ending stands for; ValueError for what could lead out of its place, or is no photo's."""
    found = _NAME.fullmatch(name)
    if found is None or found["ending"] not in TYPES:
        raise ValueError("not the name of a photo")
    return TYPES[found["ending"]]


def check_type(name: str, content_type: str) -> None:
    """ValueError where a name has the ending of another type."""
    if type_of(name) != content_type:
        raise ValueError(f"{content_type} under the name of another type")


class PhotoFolder:
    """Photos on this machine. Threads and processes may share the folder; it is made with the first photo.

    The ending of a name is its type: .jpg, .png or .webp; .eml for a mail that waits to be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Keep a photo under its name; it is on disk when this returns, and what was there is replaced."""
        check_type(name, content_type)
        with _told():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._folder / name, data)

    def get(self, name: str) -> tuple[bytes, str] | None:
        """A photo and its type, None when there is none."""
        content_type = type_of(name)
        with _told(), suppress(FileNotFoundError):
            return (self._folder / name).read_bytes(), content_type
        return None

    def delete(self, name: str) -> None:
        """Take a photo away, for good; nothing happens where there is none."""
        type_of(name)
        with _told(), suppress(FileNotFoundError):
            (self._folder / name).unlink()
            sync_folder(self._folder)

    def names(self, beginning: str) -> list[str]:
        """What is kept under names that begin so, sorted."""
        with _told(), suppress(FileNotFoundError):
            return sorted(file.name for file in self._folder.iterdir() if file.name.startswith(beginning))
        return []

    def _write(self, file: Path, data: bytes) -> None:
        # A temporary file is born with mode 600, and its name begins with a dot: never a photo's.
        with NamedTemporaryFile(dir=self._folder, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(file)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        sync_folder(self._folder)


@contextmanager
def _told() -> Iterator[None]:
    """A full or broken disk in the port's words."""
    try:
        yield
    except OSError as error:
        raise PhotosUnavailable(error.strerror or "") from error
