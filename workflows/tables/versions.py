"""Versions of the routing table in the store: put one into force, take it back, list the earlier ones. Also the
codes that TableNotChanged carries.
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import datetime

from workflows.collection_names import ROUTING
from workflows.domain.notifications.notice import Notice
from workflows.frozen import frozen
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


@frozen
class Upload:
    """Where a table came from: BOARD or COMMAND, and the names of the changed files."""

    by: str = COMMAND
    changed: tuple[str, ...] = ()


@frozen
class Version:
    """An imported version: when, which version it replaced, from where, which files differ."""

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
    """NEW, SAME if it is in force already, or OVERTAKEN if the one in force is not `seen`: then nothing is
    written. `seen`: the version in force when the files were checked, so that no import undoes another unseen.
    `letters`: notices that are queued in the same transaction.
    """
    version, blob, upload = version_of(files), pack(files), upload or Upload()

    def work(transaction: Transaction) -> str:
        document = transaction.get(ROUTING, CURRENT)
        held = read_current(document)
        if held.version == version:
            return SAME
        if held.version != seen:
            return OVERTAKEN
        if transaction.get(ROUTING, version) is None:
            transaction.create(ROUTING, version, _made(blob, upload, held.version, now))
        before = [*held.before, held.version][-_REMEMBERED:]
        transaction.set(ROUTING, CURRENT, _in_force(document, version, now, before))
        queue_letters(transaction, letters)
        return NEW

    return store.transact(work)


def _in_force(document: Document | None, version: str, now: datetime, before: list[str]) -> Document:
    """The document of the table in force, with what a newer release has added to it."""
    return {**(document or {}), "version": version, "since": now, "before": before}


def _made(blob: bytes, upload: Upload, previous: str, now: datetime) -> Document:
    changed = list(upload.changed)
    return {"blob": blob, "made_at": now, "previous": previous, "by": upload.by, "changed": changed}


def take_back(store: Store, seen: str, now: datetime, letters: Sequence[Notice] = ()) -> str | None:
    """Put the version before `seen` back into force and return it; None when another one is in force by now."""

    def work(transaction: Transaction) -> str | None:
        document = transaction.get(ROUTING, CURRENT)
        held = read_current(document)
        if held.version != seen or not held.before:
            return None
        *before, version = held.before
        transaction.set(ROUTING, CURRENT, _in_force(document, version, now, before))
        queue_letters(transaction, letters)
        return version

    return store.transact(work)


def versions(store: Store) -> list[Version]:
    """The imported versions, newest first."""
    found = store.query(Query(ROUTING, order_by="made_at", descending=True, limit=_LISTED))
    return [_version(item.id, item.data) for item in found]


def _version(id: str, data: Document) -> Version:
    """The version of a document; older ones do not say where they came from."""
    return Version(id, data["made_at"], data["previous"], data.get("by", ""), tuple(data.get("changed") or ()))
