"""Versions of the routing table in the store: putting one into force, taking it back, and those that were.

Why a routing table was not put into force or taken back: the codes that TableNotChanged carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import ROUTING
from workflows.domain.notifications.notice import Notice
from workflows.mail.address_changes import queue_letters
from workflows.ports import Document, Query, Store, Transaction
from workflows.routing.stored import CURRENT, pack, read_current, version_of

FIRST, GONE, UNUSABLE, SEALED = "first", "gone", "unusable", "sealed"
OVERTAKEN = "overtaken"
ORPHANS, ORPHANS_BEFORE = "orphans", "orphans_before"


BOARD, COMMAND = "board", "command"
NEW, SAME = "new", "same"
_REMEMBERED = 50
_LISTED = 20


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
    version, blob, upload = version_of(files), pack(files), upload or Upload()

    def work(transaction: Transaction) -> str:
        held = read_current(transaction.get(ROUTING, CURRENT))
        if held.version == version:
            return SAME
        if held.version != seen:
            return OVERTAKEN
        if transaction.get(ROUTING, version) is None:
            transaction.create(ROUTING, version, _made(blob, upload, held.version, now))
        before = [*held.before, held.version][-_REMEMBERED:]
        transaction.set(ROUTING, CURRENT, {"version": version, "since": now, "before": before})
        queue_letters(transaction, letters)
        return NEW

    return store.transact(work)


def _made(blob: bytes, upload: Upload, previous: str, now: datetime) -> Document:
    changed = list(upload.changed)
    return {"blob": blob, "made_at": now, "previous": previous, "by": upload.by, "changed": changed}


def take_back(store: Store, seen: str, now: datetime, letters: Sequence[Notice] = ()) -> str | None:
    """Put the version before `seen` back into force and return it; None when another is in force by now."""

    def work(transaction: Transaction) -> str | None:
        held = read_current(transaction.get(ROUTING, CURRENT))
        if held.version != seen or not held.before:
            return None
        *before, version = held.before
        transaction.set(ROUTING, CURRENT, {"version": version, "since": now, "before": before})
        queue_letters(transaction, letters)
        return version

    return store.transact(work)


def versions(store: Store) -> list[Version]:
    """The versions that were imported, newest first."""
    found = store.query(Query(ROUTING, order_by="made_at", descending=True, limit=_LISTED))
    return [_version(item.id, item.data) for item in found]


def _version(id: str, data: Document) -> Version:
    """What was imported before it was noted by which way has neither."""
    return Version(id, data["made_at"], data["previous"], data.get("by", ""), tuple(data.get("changed") or ()))
