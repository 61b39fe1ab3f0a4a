"""Photos in a folder, one file each, written atomically and durably. Also the rules for a photo's name: no path,
and the ending of its type.
"""

from __future__ import annotations
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from workflows.adapters.local_files import sync_folder
from workflows.domain.complaint.records import TYPES
from workflows.failures import PhotosUnavailable

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\.[a-z0-9]{1,8})?\.(?P<ending>[a-z]+)", re.ASCII)


def type_of(name: str) -> str:
    """The content type of a name's ending; ValueError for a name with a path, or with another ending."""
    found = _NAME.fullmatch(name)
    if found is None or found["ending"] not in TYPES:
        raise ValueError("not the name of a photo")
    return TYPES[found["ending"]]


def check_type(name: str, content_type: str) -> None:
    """ValueError when the name has the ending of another type."""
    if type_of(name) != content_type:
        raise ValueError(f"{content_type} under the name of another type")


class PhotoFolder:
    """Photos on this machine. Threads and processes may share the folder; it is created with the first photo. The
    ending of a name is its type: .jpg, .png or .webp; .eml for a mail that waits to be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Store a photo under its name, replacing an older one; it is on disk when this returns."""
        check_type(name, content_type)
        with _translate_errors():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._folder / name, data)

    def get(self, name: str) -> tuple[bytes, str] | None:
        """(bytes, content type) of a photo; None when it does not exist."""
        content_type = type_of(name)
        with _translate_errors(), suppress(FileNotFoundError):
            return (self._folder / name).read_bytes(), content_type
        return None

    def delete(self, name: str) -> None:
        """Delete a photo durably, if it exists."""
        type_of(name)
        with _translate_errors(), suppress(FileNotFoundError):
            (self._folder / name).unlink()
            sync_folder(self._folder)

    def names(self, beginning: str) -> list[str]:
        """The names of the photos that begin so, sorted."""
        with _translate_errors(), suppress(FileNotFoundError):
            return sorted(file.name for file in self._folder.iterdir() if file.name.startswith(beginning))
        return []

    def _write(self, file: Path, data: bytes) -> None:
        # a temporary file is created with mode 600, and its name begins with a dot, unlike a photo's
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
def _translate_errors() -> Iterator[None]:
    """Turn the errors of a full or broken disk into those of the port."""
    try:
        yield
    except OSError as error:
        raise PhotosUnavailable(error.strerror or "") from error
