"""The file of a migration: a ZIP archive whose bytes depend on its entries alone, readable only by its owner."""

from __future__ import annotations
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workflows.adapters.local_files import OWNER_ONLY
from workflows.migration.ports import CannotMove

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_COMPRESSED = (".jsonl", ".json", ".eml")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)


class ZipWriter:
    """migration.ports.Writer into an archive that is open for writing."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write one entry line by line; it is never whole in memory."""
        with self._archive.open(_entry(name), "w", force_zip64=True) as entry:
            for line in lines:
                entry.write(line)

    def put(self, name: str, data: bytes) -> None:
        """Write one entry."""
        self._archive.writestr(_entry(name), data)


class ZipReader:
    """migration.ports.Reader of an archive that is open for reading."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of an entry."""
        with _translate_errors(name), self._archive.open(name) as entry:
            yield from entry

    def get(self, name: str) -> bytes:
        """The bytes of an entry."""
        with _translate_errors(name):
            return self._archive.read(name)

    def names(self, folder: str) -> list[str]:
        """Names of the entries in that folder."""
        return [name for name in self._archive.namelist() if name.startswith(folder)]


@contextmanager
def writing(path: Path) -> Iterator[ZipWriter]:
    """Open a new archive for a block; the file appears when the block ends. FileExistsError if the file exists: it
    may be the only copy.
    """
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise FileExistsError(None, "is there already; name another", str(path))
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    try:
        os.fchmod(descriptor, OWNER_ONLY)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield ZipWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[ZipReader]:
    """Open an archive for a block. CannotMove when it is no valid archive."""
    with _translate_errors(path.name):
        archive = zipfile.ZipFile(path)
    with archive:
        yield ZipReader(archive)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry's header. Photos are stored uncompressed, since they are compressed already."""
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system, info.external_attr = 3, OWNER_ONLY << 16
    info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(_COMPRESSED) else zipfile.ZIP_STORED
    return info


@contextmanager
def _translate_errors(name: str) -> Iterator[None]:
    """Turn the errors of a damaged or foreign archive into CannotMove."""
    try:
        yield
    except KeyError as error:
        raise CannotMove(f"this is no file of `laksa export --all`: {name} is missing") from error
    except _DAMAGED as error:
        raise CannotMove(f"{name} is damaged, or no file of `laksa export --all`") from error
