"""A backup's inventory: the checksum of every file in it, and a probe that recognises its keys. Also finds what
the city itself lacked when it was copied: photos that its complaints name, and keys that its links need.
"""

from __future__ import annotations
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from functions.app.data_folder import KEYS, LEDGER, PHOTOS, STORE
from workflows.adapters.local_files import ErasureFile, load, write_whole
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite_copy import lists_in_copy
from workflows.collection_names import COMPLAINTS
from workflows.domain.privacy.retention import PHOTOS as PHOTOS_ALONE
from workflows.domain.privacy.retention import WHOLE
from workflows.migration.manifest import Probe, probe
from workflows.privacy.ledger import read_line

INVENTORY = "backup.json"
FORMAT = 1


@dataclass(frozen=True)
class Inventory:
    """`sums`: SHA-256 in hex by path in the backup. `probe`: None when the city's keys were unknown."""

    sums: dict[str, str]
    probe: Probe | None


def write_inventory(backup: Path, probe: Probe | None, like: Path | None) -> None:
    """Write the inventory of all files in the backup. A file that is the same inode in `like` keeps the checksum
    recorded there.
    """
    known = _known(like) if like else {}
    sums = {name: _sum_of(backup / name, like and like / name, known.get(name)) for name in _files_in(backup)}
    told = {"format": FORMAT, **asdict(Inventory(sums, probe))}
    write_whole(backup / INVENTORY, json.dumps(told, indent=0, sort_keys=True) + "\n")


def read_inventory(backup: Path) -> Inventory | None:
    """The inventory of a folder, None without one; ValueError for an unreadable one."""
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
    """The paths whose checksum differs; each is looked for in the first of the folders that has it."""
    return [name for name, known in sorted(inventory.sums.items()) if _sum_in(name, folders) != known]


def _sum_in(name: str, folders: tuple[Path, ...]) -> str:
    for file in (folder / name for folder in folders):
        if file.is_file():
            return _sum(file)
    return ""


def _known(like: Path) -> dict[str, str]:
    """The checksums recorded in `like`; none if its inventory is damaged, which must not prevent the
    next backup.
    """
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


def photo_gaps(backup: Path, names: Collection[str]) -> Iterator[str]:
    """Yield a sentence if complaints in the backup name photos that are not among `names`, those of the same
    moment.
    """
    missing = sorted(_named(backup) - {*names})
    if missing:
        yield f"{len(missing)} photos that reports name are not in the folder {PHOTOS}, the first is {missing[0]}"


def known_keys(backup: Path, keys: Sequence[str]) -> tuple[Probe | None, list[str]]:
    """(probe of the keys, sentences): the keys given, else those in the backup; (None, a sentence) without any."""
    try:
        return probe(SignedLinks(keys or load(backup / KEYS))), []
    except FileNotFoundError:
        return None, ["it has no keys: if this city uses LAKSA_KEYS, this command needs the setting too"]
    except ValueError as error:
        return None, [str(error)]


def _named(backup: Path) -> set[str]:
    """Photos that complaints in the backup name, without those of erasures. An erasure deletes photos before the
    complaint's words, but it is in the ledger before both.
    """
    erasures = map(read_line, ErasureFile(backup / LEDGER).lines())
    erased = {erasure.ticket for erasure in erasures if erasure and erasure.what in (PHOTOS_ALONE, WHOLE)}
    photos = lists_in_copy(backup / STORE, COMPLAINTS, "photos")
    return {photo["name"] for ticket, each in photos if ticket not in erased for photo in each} - {""}
