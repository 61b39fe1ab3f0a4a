"""Puts a routing table into force and takes it back, for the command and the board alike. Refuses a table that
drops departments or units that complaints are assigned to: pages and mails need them.
"""

from __future__ import annotations
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from workflows.domain.directory import read_departments
from workflows.domain.notifications.notice import Notice
from workflows.errors import TableNotChanged
from workflows.frozen import frozen
from workflows.mail.address_changes import address_letters, drop_letters
from workflows.ports import Bus, Clock, Store
from workflows.records.queries import every_complaint
from workflows.routing.build import build_table
from workflows.routing.check.conflicts import directory_of, not_from_board
from workflows.routing.load import load_judge
from workflows.routing.stored import SHIPPED, Current, complete_files, current_version, stored_files, version_of
from workflows.tables.trial import read_prepared
from workflows.tables.versions import (
    BOARD,
    COMMAND,
    FIRST,
    GONE,
    ORPHANS,
    ORPHANS_BEFORE,
    OVERTAKEN,
    SAME,
    SEALED,
    UNUSABLE,
    Upload,
    put_into_force,
    take_back,
)
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import publish_best_effort


def dropped_codes(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """Codes of departments.csv and units.csv that the new files no longer have."""
    return _codes(old) - _codes(new)


def still_named(store: Store, codes: Iterable[str]) -> dict[str, int]:
    """Number of complaints by office code that have, or last had, one of these offices; offices without any are
    left out. Reads every complaint, but only if there is a code to look for.
    """
    wanted = frozenset(codes)
    if not wanted:
        return {}
    held = (complaint.assignment for complaint in every_complaint(store) if complaint.assignment)
    holders = (code for assignment in held for code in (assignment.opd, assignment.unit))
    return dict(sorted(Counter(code for code in holders if code in wanted).items()))


def _codes(files: Mapping[str, str]) -> set[str]:
    directory = read_departments(files["departments.csv"], files["units.csv"])
    return {*directory.departments, *directory.units}


Files = Mapping[str, str]


@frozen
class Tables:
    """The city's store, clock and bus, with the files of the table in force and of the shipped one.
    `mail_is_caught`: no mail is really sent, so default addresses of a new table count as read.
    """

    store: Store
    clock: Clock
    bus: Bus
    in_force: Files
    shipped: Files
    mail_is_caught: bool


def install(tables: Tables, files: Files, seen: str, upload: Upload) -> bool:
    """Put a table into force; False when it is in force already. `seen`: the version it was checked against.
    TableNotChanged when another came into force meanwhile, or complaints are assigned to an office that it drops.
    These are counted again afterwards: if an office got one in that moment, the old table comes back at once.
    """
    _refuse_orphans(tables, files)
    _refuse_sealed(tables, files, upload.by)
    now = tables.clock.now()
    letters = _letters(tables, files, version_of(files), now)
    status = put_into_force(tables.store, files, seen, now, upload, letters)
    if status == OVERTAKEN:
        raise TableNotChanged(OVERTAKEN)
    if status == SAME:
        return False
    try:
        _refuse_orphans(tables, files)
    except TableNotChanged:
        take_back(tables.store, version_of(files), tables.clock.now())
        drop_letters(tables.store, letters)
        raise
    _wake(tables, letters)
    return True


def return_to_previous(tables: Tables, held: Current, by: str = COMMAND) -> str:
    """Put the version before the one in force back and return its name. TableNotChanged."""
    if not held.before:
        raise TableNotChanged(FIRST)
    try:
        files = _usable(tables, held.before[-1])
    except ValueError as error:
        raise TableNotChanged(UNUSABLE) from error
    _refuse_orphans(tables, files, ORPHANS_BEFORE)
    _refuse_sealed(tables, files, by)
    now = tables.clock.now()
    letters = _letters(tables, files, held.before[-1], now)
    version = take_back(tables.store, held.version, now, letters)
    if version is None:
        raise TableNotChanged(OVERTAKEN)
    _wake(tables, letters)
    return version


def put_prepared(tables: Tables, version: str, seen: str) -> bool:
    """Install a table that was checked and stored under its version; a repeat changes nothing."""
    if current_version(tables.store).version == version:
        return False
    kept = read_prepared(tables.store, version, tables.clock.now())
    if kept is None:
        raise TableNotChanged(GONE)
    files, upload = kept
    return install(tables, files, seen, upload)


def take_back_named(tables: Tables, version: str, to: str) -> None:
    """Take that version back, if it is in force, in favour of `to`; a repeat changes nothing. TableNotChanged."""
    held = current_version(tables.store)
    if held.version == to != version:
        return
    if held.version != version:
        raise TableNotChanged(OVERTAKEN)
    try:
        return_to_previous(tables, held, BOARD)
    except TableNotChanged as error:  # pressed twice at once: the other request has done it
        if error.why != OVERTAKEN or not current_version(tables.store).version == to != version:
            raise


def _refuse_orphans(tables: Tables, files: Files, why: str = ORPHANS) -> None:
    if named := still_named(tables.store, dropped_codes(tables.in_force, files)):
        raise TableNotChanged(why, named)


def _usable(tables: Tables, version: str) -> Files:
    """The files of an earlier version; ValueError if no table can be built from them."""
    earlier = tables.shipped
    files = earlier if version == SHIPPED else complete_files(stored_files(tables.store, version), earlier)
    build_table(files, load_judge())
    return files


def _refuse_sealed(tables: Tables, files: Files, by: str) -> None:
    if by == BOARD and any(not_from_board(tables.in_force, files)):
        raise TableNotChanged(SEALED)


def _letters(tables: Tables, files: Files, version: str, now: datetime) -> list[Notice]:
    before, after = directory_of(tables.in_force), directory_of(files)
    return address_letters(before, after, version, now, tables.mail_is_caught)


def _wake(tables: Tables, letters: Sequence[Notice]) -> None:
    for letter in letters:
        publish_best_effort(tables.bus, NOTICE_DUE, {"notice": letter.id})
