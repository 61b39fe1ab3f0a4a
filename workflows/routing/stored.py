"""The routing table in the store: `routing/current` names the version in force and those before it;
`routing/<version>` holds the texts of its files.
"""

from __future__ import annotations
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from workflows.collection_names import ROUTING

if TYPE_CHECKING:  # every page reads which table is in force, and a new process should answer soon
    from datetime import datetime

    from workflows.ports import Document, Store

CURRENT = "current"
SHIPPED = ""
"""The version name of the table that is shipped with Laksa."""
UNITS = "units.csv"
MAX_BYTES = 900_000
"""A Firestore document holds at most one MiB."""


class Current(NamedTuple):
    """The version in force, since when, and the versions before it, latest last."""

    version: str = SHIPPED
    since: datetime | None = None
    before: tuple[str, ...] = ()


def current_version(store: Store) -> Current:
    """Read the version in force: one read."""
    return read_current(store.get(ROUTING, CURRENT))


def read_current(document: Document | None) -> Current:
    """Parse the document `routing/current`; None means the table shipped with the release."""
    if document is None:
        return Current()
    return Current(document["version"], document["since"], tuple(document.get("before") or ()))


def version_of(files: Mapping[str, str]) -> str:
    """Twelve hex digits over names and contents: equal tables have equal versions everywhere."""
    from workflows.routing.columns import FILES

    digest = hashlib.sha256()
    for name in sorted(FILES):
        digest.update(f"{name}\0{files[name]}\0".encode())
    return digest.hexdigest()[:12]


def stored_files(store: Store, version: str) -> dict[str, str]:
    """The texts of an imported version; ValueError when they are missing or unreadable."""
    document = store.get(ROUTING, version)
    if document is None:
        raise ValueError(f"there is no routing table {version}")
    return unpack(document.get("blob"))


def complete_files(files: Mapping[str, str], shipped: Mapping[str, str]) -> dict[str, str]:
    """A stored table after an upgrade: files that it lacks are taken from the shipped table; of the shipped units
    only those under a department of the stored table, since a city may have removed others.
    """
    from workflows.domain.directory import units_fitting
    from workflows.routing.columns import FILES

    whole = {name: files.get(name, shipped[name]) for name in FILES}
    if UNITS in files:
        return whole
    return whole | {UNITS: units_fitting(shipped[UNITS], whole["departments.csv"])}


def pack(files: Mapping[str, str]) -> bytes:
    """The texts compressed; ValueError when they do not fit into a document."""
    blob = zlib.compress(json.dumps(dict(files), ensure_ascii=False, sort_keys=True).encode(), 9)
    if len(blob) > MAX_BYTES:
        raise ValueError(f"the routing table is too large: {len(blob)} bytes, at most {MAX_BYTES}")
    return blob


def unpack(blob: Any) -> dict[str, str]:
    """The inverse of pack; ValueError for anything else."""
    if not isinstance(blob, bytes):
        raise ValueError("no routing table: no bytes")
    try:
        return {str(name): str(text) for name, text in json.loads(zlib.decompress(blob)).items()}
    except (zlib.error, AttributeError) as error:
        raise ValueError(f"no routing table: {error}") from error
