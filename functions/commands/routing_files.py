"""The files of a routing table that somebody hands in, or wants to edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from errno import EEXIST
from pathlib import Path

from functions.tables.spreadsheet import for_excel

_WHY_NOT = (
    (FileNotFoundError, "berkas atau folder ini tidak ada"),
    (PermissionError, "tidak boleh dibaca"),
    (IsADirectoryError, "ini folder, bukan berkas"),
)


class NoSuchFile(ValueError):
    """A path that is no file and no folder of a table; the message names it."""


def read_given(paths: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each file by its name; a folder stands for its CSV files. NoSuchFile, also for a name twice."""
    given: dict[str, bytes] = {}
    for path in (file for named in paths for file in _files(Path(named))):
        if path.name in given:
            raise NoSuchFile(f"{path.name} diberikan dua kali")
        try:
            given[path.name] = path.read_bytes()
        except OSError as error:
            raise NoSuchFile(f"{path}: {why_not(error)}") from error
    return given


def why_not(error: OSError) -> str:
    """Why a file cannot be read, in Indonesian where it is one of the usual reasons."""
    return next((why for kind, why in _WHY_NOT if isinstance(error, kind)), error.strerror or str(error))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    inside = sorted(path.glob("*.csv"))
    if not inside:
        raise NoSuchFile(f"{path}: tidak ada berkas CSV di folder ini; simpan lembar kerja sebagai “CSV UTF-8”")
    yield from inside


def write_files(folder: Path, texts: Mapping[str, str], excel: bool) -> None:
    """The table's files in a folder, made where it is missing; FileExistsError before it overwrites anything."""
    contents = {name: (for_excel(text) if excel else text).encode() for name, text in texts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        if (folder / name).exists() and (folder / name).read_bytes() != content:
            raise FileExistsError(EEXIST, "isinya sudah lain; tidak ada yang ditulis", str(folder / name))
    for name, content in contents.items():
        (folder / name).write_bytes(content)
