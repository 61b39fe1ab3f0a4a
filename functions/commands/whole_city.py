"""A whole city out of this process's stack and into it: its world, its lock, its keys and its clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from functions import data_folder
from functions.erasing import erase_undone
from functions.wiring import Runtime
from workflows.adapters.city_file import reading, writing
from workflows.adapters.clocks import JumpClock
from workflows.adapters.secrets_file import keep
from workflows.moving.export import KEYS, export_city, require_nothing_in_hand, require_unchanged
from workflows.moving.fill import Moved, import_city, require_sound
from workflows.moving.manifest import Manifest, opens, probe, read_manifest
from workflows.moving.ports import CannotMove, City, Reader
from workflows.moving.unfinished import require_whole

NO_KEYS = (
    "the file holds no keys, so links in old mails would not open: set LAKSA_KEYS to those of the old city, "
    "put its secrets.json here, or export with --with-keys"
)
OTHER_KEYS = "the keys here are others than the old city's, so links in old mails would not open: use the old ones"
MOVED_CLOCK = "the clock of that city was moved, which is for trying things out: it cannot become a real one"


def export_to(rt: Runtime, path: Path, with_keys: bool) -> Manifest:
    """Write the stopped city into a new file. CannotMove, or StoreUnavailable while a host runs on the folder."""
    shared = rt.settings.stack == "google"  # whose functions no lock of this machine can stop
    keys = json.dumps({"keys": rt.keys}).encode() if with_keys else b""
    with _locked(rt), writing(path) as out:
        require_whole(rt.store)
        if shared:
            require_nothing_in_hand(rt.store, rt.clock.now())
        manifest = export_city(_city(rt), out, probe(rt.links), keys, _ahead(rt) // timedelta(seconds=1))
        if shared:
            require_unchanged(_city(rt), manifest)
        return manifest


def import_from(rt: Runtime, path: Path) -> Moved:
    """Fill this city from a file, or go on where that was cut. CannotMove; StoreUnavailable as for an export."""
    with _locked(rt), reading(path) as file:
        manifest = read_manifest(file)
        require_sound(file, manifest)
        _bring_keys(rt, file, manifest)
        _bring_clock(rt, manifest)
        return import_city(_city(rt), file, manifest, rt.clock.now(), lambda: erase_undone(rt))


def _city(rt: Runtime) -> City:
    return City(rt.store, rt.photos, rt.ledger_file)


@contextmanager
def _locked(rt: Runtime) -> Iterator[None]:
    """No host, and no command that sends letters, runs on this folder meanwhile."""
    from infra.embedded.one_house import move_in

    with move_in(rt.folder, patience=0):
        yield


def _bring_keys(rt: Runtime, file: Reader, manifest: Manifest) -> None:
    """Those of the file where there are none here. None are made: they would break every link out there."""
    kept = rt.folder / data_folder.KEYS
    if manifest.keys and not rt.settings.keys:
        keep(kept, json.loads(file.get(KEYS))["keys"])
    if not rt.settings.keys and not kept.exists():
        raise CannotMove(NO_KEYS)
    if not opens(rt.links, manifest.probe):
        raise CannotMove(OTHER_KEYS)


def _ahead(rt: Runtime) -> timedelta:
    return rt.clock.ahead if isinstance(rt.clock, JumpClock) else timedelta()


def _bring_clock(rt: Runtime, manifest: Manifest) -> None:
    """What was tried out at a moved time is not from the future here."""
    if isinstance(rt.clock, JumpClock):
        rt.clock.be_ahead(timedelta(seconds=manifest.ahead))
    elif manifest.ahead:
        raise CannotMove(MOVED_CLOCK)
