"""A checked table, kept between the page that shows what it changes and the press that puts it into force.

`routing/prepared.<version>` holds the files' texts for a day; whoever prepares the next clears away what is older.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows.collection_names import ROUTING
from workflows.ports import Document, Query, Store, Transaction
from workflows.routing.stored import pack, unpack, version_of
from workflows.routing.versions import Upload

KEPT = timedelta(days=1)
_CLEARED = 20
_PREFIX = "prepared."
_VERSION = re.compile("[0-9a-f]{12}")


def prepare(store: Store, files: Mapping[str, str], upload: Upload, now: datetime) -> str:
    """Keep a sound table under its version, which is returned; ValueError for one that no document could hold."""
    version, blob = version_of(files), pack(files)
    old = Query(ROUTING, (("prepared_at", "<", now - KEPT),), order_by="prepared_at", limit=_CLEARED)

    def work(transaction: Transaction) -> None:
        over = [found.id for found in transaction.query(old)]
        for id in over:
            transaction.delete(ROUTING, id)
        kept: Document = {"blob": blob, "prepared_at": now, "by": upload.by, "changed": list(upload.changed)}
        transaction.set(ROUTING, _PREFIX + version, kept)

    store.transact(work)
    return version


def prepared(store: Store, version: str, now: datetime) -> tuple[dict[str, str], Upload] | None:
    """The files of a version that was prepared within the day; None for any other."""
    document = store.get(ROUTING, _PREFIX + version) if _VERSION.fullmatch(version) else None
    if document is None or document["prepared_at"] <= now - KEPT:
        return None
    return unpack(document["blob"]), Upload(document["by"], tuple(document["changed"]))
