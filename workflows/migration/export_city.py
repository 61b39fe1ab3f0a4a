"""Exports a city: every document, photo and erasure into one file, and proves that nothing changed meanwhile."""

from __future__ import annotations
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from workflows.collection_names import NOTICES
from workflows.domain.notifications.notice import NoticeState
from workflows.migration.checksums import (
    Sum,
    Summing,
    erasure_lines,
    moving_rows,
    photo_line,
    photo_names,
    photo_of,
    sum_of,
    sum_of_photos,
    sums_of,
)
from workflows.migration.jsonl import group_of, to_line
from workflows.migration.manifest import MANIFEST, Manifest, Probe
from workflows.migration.ports import CannotMove, City, Row, Writer
from workflows.ports import Photos, Query, Store

DOCUMENTS, PHOTOS, ERASURES, KEYS = "documents/", "photos/", "erasures.jsonl", "secrets.json"
PAGE = 200


def export_city(city: City, out: Writer, probe: Probe, keys: bytes = b"", ahead: int = 0) -> Manifest:
    """Write the whole city. `keys`: the content of the keys' file, if it goes along. `ahead`: seconds by which the
    clock was moved.
    """
    rows = groupby(moving_rows(city), key=lambda row: group_of(row.collection))
    documents = {group: _documents(out, group, of_group) for group, of_group in rows}
    erasures = erasure_lines(city)
    out.lines(ERASURES, erasures)
    photos = Summing()
    for name in photo_names(city.photos):
        photos.add(_photo(city.photos, out, name))
    if keys:
        out.put(KEYS, keys)
    manifest = Manifest(documents, photos.sum, sum_of(erasures), probe, bool(keys), ahead)
    out.put(MANIFEST, manifest.to_json())
    return manifest


def require_unchanged(city: City, manifest: Manifest) -> None:
    """Read everything once more: what is equal now did not change meanwhile. CannotMove names what differs."""
    if changed := differing(city, manifest):
        raise CannotMove(f"the city is running: {', '.join(changed)} changed meanwhile. Stop it, and try again")


def require_no_leased_notices(store: Store, now: datetime) -> None:
    """CannotMove while a notice is being sent: both cities would send it."""
    query = Query(NOTICES, (("state", "==", NoticeState.SENDING),), order_by="created_at", limit=PAGE)
    in_hand = [found for found in store.query(query) if (found.data.get("next_try_at") or now) > now]
    if in_hand:
        raise CannotMove(f"{len(in_hand)} letters are being sent: stop the city, wait some minutes, and try again")


def differing(city: City, manifest: Manifest) -> list[str]:
    """Names of what differs from the manifest: groups, photos, the ledger."""
    there: dict[str, Sum] = sums_of(moving_rows(city))
    groups = sorted(there.keys() | manifest.documents.keys())
    found = [group for group in groups if there.get(group) != manifest.documents.get(group)]
    if sum_of_photos(city.photos) != manifest.photos:
        found.append("photos")
    return found


def _documents(out: Writer, group: str, rows: Iterable[Row]) -> Sum:
    summing = Summing()
    out.lines(f"{DOCUMENTS}{group}.jsonl", summing.through(_lines(rows)))
    return summing.sum


def _lines(rows: Iterable[Row]) -> Iterator[bytes]:
    return (to_line(row) for row in rows)


def _photo(photos: Photos, out: Writer, name: str) -> bytes:
    data = photo_of(photos, name)
    out.put(PHOTOS + name, data)
    return photo_line(name, data)
