"""Imports a city into an empty target: one page per transaction, with the progress in the same transaction, so
that it may be interrupted.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from workflows.collection_names import COMPLAINTS, SYSTEM
from workflows.domain.complaint.records import TYPES
from workflows.domain.documents import Record, read_record, write_record
from workflows.frozen import frozen
from workflows.migration.checksums import Sum, photo_line, photo_names, sum_of
from workflows.migration.export_city import DOCUMENTS, ERASURES, PHOTOS, differing
from workflows.migration.import_guard import DONE, MOVE
from workflows.migration.jsonl import from_line
from workflows.migration.manifest import Manifest
from workflows.migration.ports import CannotMove, City, Reader, Row
from workflows.ports import Query, Transaction
from workflows.privacy import ledger

FILLING, WHOLE = "filling", "whole"
MOST, MAX_BYTES = 400, 4_000_000
"""Most documents and bytes of one transaction; Firestore's limit is 10 MiB."""


@frozen
class Place(Record):
    """The progress of an import: which file, its phase, and in it the group and the next line."""

    file: str
    begun: datetime
    phase: str = FILLING
    group: str = ""
    line: int = 0


@frozen
class Moved:
    """The result of an import. `again`: it was complete before. `erased`: number of complaints in which the ledger
    found something.
    """

    manifest: Manifest
    again: bool = False
    erased: int = 0


def require_sound(file: Reader, manifest: Manifest) -> None:
    """Check every entry against the manifest before anything is written; CannotMove names what differs."""
    wrong = [group for group, said in manifest.documents.items() if sum_of(file.lines(_entry(group))) != said]
    if _photos(file) != manifest.photos:
        wrong.append("photos")
    if sum_of(file.lines(ERASURES)) != manifest.erasures:
        wrong.append(ERASURES)
    if wrong:
        raise CannotMove(f"the file is damaged: {', '.join(wrong)}")


def import_city(city: City, file: Reader, manifest: Manifest, now: datetime, replay: Callable[[], int]) -> Moved:
    """Import, compare, and repeat the ledger's erasures; after an interruption it resumes. Once complete it does
    nothing. `replay`: erases what the ledger names, at the end. CannotMove for a target that is not empty.
    """
    place = _begun(city, manifest.mark, now)
    if place.phase == DONE:
        return Moved(manifest, again=True)
    if place.phase == FILLING:
        _fill(city, file, manifest, place)
        place = _noted(city, replace(place, phase=WHOLE))
    erased = replay()
    _noted(city, replace(place, phase=DONE))
    return Moved(manifest, erased=erased)


def _begun(city: City, mark: str, now: datetime) -> Place:
    note = city.store.get(SYSTEM, MOVE)
    if note and note["file"] == mark:
        return read_record(Place, note)
    if note and note["phase"] != DONE:
        raise CannotMove("another file is being imported here: import that one again, or use an empty target")
    _require_empty(city)
    place = Place(mark, now)
    of_fresh_start = [row.id for row in city.store.rows()]

    def work(transaction: Transaction) -> None:
        for id in of_fresh_start:
            transaction.delete(SYSTEM, id)
        transaction.set(SYSTEM, MOVE, write_record(place))

    city.store.transact(work)
    return place


def _require_empty(city: City) -> None:
    """CannotMove unless the store is empty, except for what a city's first start leaves in `system`."""
    other = next((row.collection for row in city.store.rows() if row.collection != SYSTEM), "")
    if other:
        count = city.store.count(Query(COMPLAINTS))
        raise CannotMove(f"the target holds another city ({count} complaints): import into an empty one")
    if photo_names(city.photos):
        raise CannotMove("the target holds photos already: import into an empty one")


def _fill(city: City, file: Reader, manifest: Manifest, place: Place) -> None:
    _put_photos(city, file)
    _put_erasures(city, file)
    for group in sorted(manifest.documents):
        if group >= place.group:
            skip = place.line if group == place.group else 0
            _put_documents(city, file, replace(place, group=group, line=skip))
    if wrong := differing(city, manifest):
        raise CannotMove(f"not as in the file: {', '.join(wrong)}. Does somebody use the target already?")


def _put_photos(city: City, file: Reader) -> None:
    there = set(photo_names(city.photos))
    for entry in file.names(PHOTOS):
        name = entry.removeprefix(PHOTOS)
        if name not in there:
            city.photos.put(name, file.get(entry), _type_of(name))


def _put_erasures(city: City, file: Reader) -> None:
    there = {erasure.id for erasure in ledger.in_file(city.ledger)}
    for line in file.lines(ERASURES):
        text = line.decode().strip()
        erasure = ledger.read_line(text)
        if erasure and erasure.id not in there:
            city.ledger.append(text)


def _put_documents(city: City, file: Reader, place: Place) -> None:
    lines = file.lines(_entry(place.group))
    next(islice(lines, place.line, place.line), None)
    for page in _pages(lines):
        place = replace(place, line=place.line + len(page))
        _put_page(city, page, place)


def _put_page(city: City, page: list[Row], place: Place) -> None:
    def work(transaction: Transaction) -> None:
        for row in page:
            transaction.set(row.collection, row.id, row.data)
        transaction.set(SYSTEM, MOVE, write_record(place))

    city.store.transact(work)


def _pages(lines: Iterator[bytes]) -> Iterator[list[Row]]:
    page: list[Row] = []
    size = 0
    for line in lines:
        if page and (len(page) == MOST or size + len(line) > MAX_BYTES):
            yield page
            page, size = [], 0
        page.append(from_line(line))
        size += len(line)
    if page:
        yield page


def _noted(city: City, place: Place) -> Place:
    city.store.transact(lambda transaction: transaction.set(SYSTEM, MOVE, write_record(place)))
    return place


def _photos(file: Reader) -> Sum:
    return sum_of(photo_line(name.removeprefix(PHOTOS), file.get(name)) for name in file.names(PHOTOS))


def _entry(group: str) -> str:
    return f"{DOCUMENTS}{group}.jsonl"


def _type_of(name: str) -> str:
    """The content type as the folder of photos derives it."""
    return TYPES.get(name.rpartition(".")[2], "")
