"""What a backup says of itself: the sum of every file in it, and by what its keys are known again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from workflows.adapters.folder_copy import write_whole
from workflows.moving.manifest import Probe

INVENTORY = "backup.json"
FORMAT = 1


@dataclass(frozen=True)
class Inventory:
    """sums: SHA-256 in hex by path in the backup. probe: None where the city's keys were not known."""

    sums: dict[str, str]
    probe: Probe | None


def write_inventory(backup: Path, probe: Probe | None, like: Path | None) -> None:
    """Of all that lies in the backup. What is one file with the same in `like` has the sum that stands there."""
    known = _known(like) if like else {}
    sums = {name: _sum_of(backup / name, like and like / name, known.get(name)) for name in _files_in(backup)}
    told = {"format": FORMAT, **asdict(Inventory(sums, probe))}
    write_whole(backup / INVENTORY, json.dumps(told, indent=0, sort_keys=True) + "\n")


def read_inventory(backup: Path) -> Inventory | None:
    """None in a folder without one; ValueError for one that cannot be read."""
    file = backup / INVENTORY
    try:
        told = json.loads(file.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise ValueError(f"{backup} was made by another version of Laksa")
        return Inventory(dict(told["sums"]), Probe(**told["probe"]) if told["probe"] else None)
    except FileNotFoundError:
        return None
    except (json.JSONDecodeError, UnicodeDecodeError, TypeError, KeyError) as error:
        raise ValueError(f"{file} is damaged") from error


def differing(inventory: Inventory, *folders: Path) -> list[str]:
    """The paths that are not as they were; each is looked for in the first of the folders that has it."""
    return [name for name, known in sorted(inventory.sums.items()) if _sum_in(name, folders) != known]


def _sum_in(name: str, folders: tuple[Path, ...]) -> str:
    for file in (folder / name for folder in folders):
        if file.is_file():
            return _sum(file)
    return ""


def _known(like: Path) -> dict[str, str]:
    """A damaged inventory must not stand in the way of the next backup."""
    try:
        inventory = read_inventory(like)
    except (OSError, ValueError):
        return {}
    return inventory.sums if inventory else {}


def _files_in(backup: Path) -> Iterator[str]:
    return (str(file.relative_to(backup)) for file in backup.rglob("*") if file.is_file())


def _sum_of(file: Path, like: Path | None, known: str | None) -> str:
    return known if known and like and like.exists() and file.samefile(like) else _sum(file)


def _sum(file: Path) -> str:
    with file.open("rb") as read:
        return file_digest(read, "sha256").hexdigest()
