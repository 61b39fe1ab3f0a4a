"""Versions of the routing table in the store: which is in force, putting one into force, taking it back.

`routing/current` names the version in force and those before it; `routing/<version>` holds the files' texts.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.domain.notice import Notice
from workflows.domain.unit import units_fitting
from workflows.mail.address_letters import queue_letters
from workflows.ports import Document, Query, Store, Transaction
from workflows.routing.columns import FILES
from workflows.routing.why_not import OVERTAKEN

ROUTING = "routing"
CURRENT = "current"
SHIPPED = ""
"""In the place of a version: the table that comes with Laksa."""
UNITS = "units.csv"
BOARD, COMMAND = "board", "command"
NEW, SAME = "new", "same"
MOST_BYTES = 900_000
"""A document of Firestore holds a mebibyte."""
_REMEMBERED = 50
_LISTED = 20


@dataclass(frozen=True)
class Current:
    """The version in force, since when, and the versions before it, latest last."""

    version: str = SHIPPED
    since: datetime | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upload:
    """Where a table came from: BOARD or COMMAND, and the names of the files that it changed."""

    by: str = COMMAND
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """A version that was imported once: when, what was in force until then, by which way, which files differed."""

    version: str
    made_at: datetime
    previous: str
    by: str = ""
    changed: tuple[str, ...] = ()


def current(store: Store) -> Current:
    """What is in force now: one read."""
    return _current(store.get(ROUTING, CURRENT))


def put_into_force(
    store: Store,
    files: Mapping[str, str],
    seen: str,
    now: datetime,
    upload: Upload | None = None,
    letters: Sequence[Notice] = (),
) -> str:
    """NEW, SAME when it is in force already, OVERTAKEN when another than `seen` is: then nothing was written.

    `seen`: the version in force when the files were checked, so that nobody's import undoes another's unread.
    `letters`: queued with it, or not at all.
    """
    from workflows.routing.build import version_of

    version, blob, upload = version_of(files), pack(files), upload or Upload()

    def work(transaction: Transaction) -> str:
        held = _current(transaction.get(ROUTING, CURRENT))
        known = transaction.get(ROUTING, version)
        if held.version == version:
            return SAME
        if held.version != seen:
            return OVERTAKEN
        if known is None:
            made: Document = {"blob": blob, "made_at": now, "previous": held.version, "by": upload.by}
            made["changed"] = list(upload.changed)
            transaction.create(ROUTING, version, made)
        before = [*held.before, held.version][-_REMEMBERED:]
        transaction.set(ROUTING, CURRENT, {"version": version, "since": now, "before": before})
        queue_letters(transaction, letters)
        return NEW

    return store.transact(work)


def take_back(store: Store, seen: str, now: datetime, letters: Sequence[Notice] = ()) -> str | None:
    """Put the version before `seen` back into force and return it; None when another is in force by now."""

    def work(transaction: Transaction) -> str | None:
        held = _current(transaction.get(ROUTING, CURRENT))
        if held.version != seen or not held.before:
            return None
        *before, version = held.before
        transaction.set(ROUTING, CURRENT, {"version": version, "since": now, "before": before})
        queue_letters(transaction, letters)
        return version

    return store.transact(work)


def stored_files(store: Store, version: str) -> dict[str, str]:
    """The texts of an imported version; ValueError when they are gone or cannot be read."""
    document = store.get(ROUTING, version)
    if document is None:
        raise ValueError(f"there is no routing table {version}")
    return unpack(document.get("blob"))


def completed(files: Mapping[str, str], shipped: Mapping[str, str]) -> dict[str, str]:
    """A stored table after an upgrade: files that it does not know are taken from the shipped table.

    Of the shipped units only those under a department that the stored table has: a city may have dropped others.
    """
    whole = {name: files.get(name, shipped[name]) for name in FILES}
    if UNITS in files:
        return whole
    return whole | {UNITS: units_fitting(shipped[UNITS], whole["departments.csv"])}


def versions(store: Store) -> list[Version]:
    """The versions that were imported, newest first."""
    found = store.query(Query(ROUTING, order_by="made_at", descending=True, limit=_LISTED))
    return [_version(item.id, item.data) for item in found]


def _version(id: str, data: Document) -> Version:
    """What was imported before it was noted by which way has neither."""
    return Version(id, data["made_at"], data["previous"], data.get("by", ""), tuple(data.get("changed") or ()))


def pack(files: Mapping[str, str]) -> bytes:
    """The texts in few bytes; ValueError when a document could not hold them."""
    blob = zlib.compress(json.dumps(dict(files), ensure_ascii=False, sort_keys=True).encode(), 9)
    if len(blob) > MOST_BYTES:
        raise ValueError(f"the routing table is too large: {len(blob)} bytes, at most {MOST_BYTES}")
    return blob


def unpack(blob: Any) -> dict[str, str]:
    """The inverse of pack; ValueError for anything else."""
    if not isinstance(blob, bytes):
        raise ValueError("no routing table: no bytes")
    try:
        return {str(name): str(text) for name, text in json.loads(zlib.decompress(blob)).items()}
    except (zlib.error, AttributeError) as error:
        raise ValueError(f"no routing table: {error}") from error


def _current(document: Document | None) -> Current:
    if document is None:
        return Current()
    return Current(document["version"], document["since"], tuple(document.get("before") or ()))
