"""What a city itself lacks when it is copied: photos that its reports name, and keys that its links need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from functions.data_folder import KEYS, LEDGER, PHOTOS, STORE
from workflows.adapters.erasure_file import ErasureFile
from workflows.adapters.secrets_file import load
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite_copy import lists_in_copy
from workflows.collection_names import COMPLAINTS
from workflows.domain.retention import PHOTOS as PHOTOS_ALONE
from workflows.domain.retention import WHOLE
from workflows.moving.manifest import Probe, probe
from workflows.privacy.ledger import read_line


def photo_gaps(backup: Path, names: Collection[str]) -> Iterator[str]:
    """A sentence where reports in the backup name photos that are not among `names`, those of its moment."""
    missing = sorted(_named(backup) - {*names})
    if missing:
        yield f"{len(missing)} photos that reports name are not in the folder {PHOTOS}, the first is {missing[0]}"


def known_keys(backup: Path, keys: Sequence[str]) -> tuple[Probe | None, list[str]]:
    """By what the keys are known again: those given, else those in the backup; None and a sentence without."""
    try:
        return probe(SignedLinks(keys or load(backup / KEYS))), []
    except FileNotFoundError:
        return None, ["it has no keys: if this city uses LAKSA_KEYS, this command needs the setting too"]
    except ValueError as error:
        return None, [str(error)]


def _named(backup: Path) -> set[str]:
    """An erasure takes the photos first and the report's words then, but it is in the ledger before both."""
    erasures = map(read_line, ErasureFile(backup / LEDGER).lines())
    erased = {erasure.ticket for erasure in erasures if erasure and erasure.what in (PHOTOS_ALONE, WHOLE)}
    photos = lists_in_copy(backup / STORE, COMPLAINTS, "photos")
    return {photo["name"] for ticket, each in photos if ticket not in erased for photo in each} - {""}
