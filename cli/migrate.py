"""`laksa export --all` and `laksa import`: move a whole city from one stack to another, with its lock, its keys
and its clock.
"""

from __future__ import annotations
import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.app import data_folder
from functions.app.container import Container
from functions.app.data_folder import LEDGER
from functions.app.jobs import erase_undone
from workflows.adapters.city_file import reading, writing
from workflows.adapters.clocks import JumpClock
from workflows.adapters.local_files import keep
from workflows.migration.export_city import KEYS, export_city, require_no_leased_notices, require_unchanged
from workflows.migration.import_city import Moved, import_city, require_sound
from workflows.migration.import_guard import require_whole
from workflows.migration.manifest import Manifest, opens, probe, read_manifest
from workflows.migration.ports import CannotMove, City, Reader

if TYPE_CHECKING:
    from workflows.migration.manifest import Manifest


ABOUT_KEYS = (
    "--all: stop the city first. The file holds every document, photo, waiting mail and the ledger of erasures, "
    "for its owner only. Links in old mails open in the new place only by the same keys: either --with-keys puts "
    "them into the file (whoever has it can then make links), or the new place gets them by LAKSA_KEYS."
)
_ABOUT = (
    "Into an empty city that does not run. Everything is checked by counts and checksums; an import that was "
    "cut goes on when it is run again. Keys: those of the file (--with-keys), else LAKSA_KEYS or a "
    "secrets.json that is there; with other keys than the old city's it refuses, for links in old mails would "
    "not open."
)
CARE = "Simpan {file} seketat kota itu sendiri: isinya data pribadi{keys}.\n"
WITHOUT_KEYS = "Kunci tautan tidak ikut: pakai LAKSA_KEYS yang sama di tempat baru, atau ulangi --with-keys.\n"
ONE_CITY = "Setelah diimpor di tempat baru, jangan jalankan kota ini lagi: keduanya akan mengirim surat.\n"
HERE = "Semua ada, jumlah dan sidiknya sama dengan berkas.\n"
HERE_BEFORE = "Berkas ini sudah diimpor di sini; tidak ada yang diubah.\n"
ERASED = "{count} laporan dihapus datanya sekali lagi, sesuai catatan penghapusan.\n"


def add_parser(subparsers: Any) -> None:
    """Declare `import`; `export` is declared in cli/export.py."""
    words = "a whole city from a file of `laksa export --all`"
    parser = subparsers.add_parser("import", help=words, description=_ABOUT)
    parser.add_argument("file", metavar="FILE", help="what `laksa export --all` has written")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_import)


def export_whole_city(args: argparse.Namespace) -> int:
    """Write the file and print what is in it."""
    pass
    from functions.app.container import container

    manifest = export_to(container(), Path(args.all), args.with_keys)
    if args.json:
        sys.stdout.write(_json(manifest))
        return 0
    sys.stdout.write(_listed(manifest))
    sys.stdout.write(CARE.format(file=args.all, keys=", juga kunci tautan" if args.with_keys else ""))
    sys.stdout.write(ONE_CITY if args.with_keys else WITHOUT_KEYS + ONE_CITY)
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Import the city and print what was imported."""
    pass
    from functions.app.container import container

    moved = import_from(container(), Path(args.file))
    if args.json:
        sys.stdout.write(_json(moved.manifest, again=moved.again, erased_again=moved.erased))
        return 0
    sys.stdout.write(_listed(moved.manifest) + (HERE_BEFORE if moved.again else HERE))
    if moved.erased:
        sys.stdout.write(ERASED.format(count=moved.erased))
    return 0


def _listed(manifest: Manifest) -> str:
    """One line per collection."""
    sums = manifest.documents | {"photos": manifest.photos, LEDGER: manifest.erasures}
    return "".join(f"{name:<24}{each.count:>9}  {each.sha256[:16]}\n" for name, each in sums.items())


def _json(manifest: Manifest, **more: Any) -> str:
    sums = {group: asdict(each) for group, each in manifest.documents.items()}
    facts = {"documents": sums, "photos": asdict(manifest.photos), "erasures": asdict(manifest.erasures)}
    return json.dumps(facts | {"keys": manifest.keys, **more}) + "\n"


NO_KEYS = (
    "the file holds no keys, so links in old mails would not open: set LAKSA_KEYS to those of the old city, "
    "put its secrets.json here, or export with --with-keys"
)
OTHER_KEYS = "the keys here are others than the old city's, so links in old mails would not open: use the old ones"
MOVED_CLOCK = "the clock of that city was moved, which is for trying things out: it cannot become a real one"


def export_to(rt: Container, path: Path, with_keys: bool) -> Manifest:
    """Write the stopped city into a new file. CannotMove, or StoreUnavailable while a host uses the folder."""
    shared = rt.settings.stack == "google"  # no lock of this machine can stop its functions
    keys = json.dumps({"keys": rt.keys}).encode() if with_keys else b""
    with _locked(rt), writing(path) as out:
        require_whole(rt.store)
        if shared:
            require_no_leased_notices(rt.store, rt.clock.now())
        manifest = export_city(_city(rt), out, probe(rt.links), keys, _ahead(rt) // timedelta(seconds=1))
        if shared:
            require_unchanged(_city(rt), manifest)
        return manifest


def import_from(rt: Container, path: Path) -> Moved:
    """Import a file into this city, or resume an interrupted import. CannotMove; StoreUnavailable as for an
    export.
    """
    with _locked(rt), reading(path) as file:
        manifest = read_manifest(file)
        require_sound(file, manifest)
        _bring_keys(rt, file, manifest)
        _bring_clock(rt, manifest)
        return import_city(_city(rt), file, manifest, rt.clock.now(), lambda: erase_undone(rt))


def _city(rt: Container) -> City:
    return City(rt.store, rt.photos, rt.ledger_file)


@contextmanager
def _locked(rt: Container) -> Iterator[None]:
    """Exclude hosts, and commands that send mails, from this folder for a block."""
    from infra.embedded.host_lock import acquire_host_lock

    with acquire_host_lock(rt.folder, patience=0):
        yield


def _bring_keys(rt: Container, file: Reader, manifest: Manifest) -> None:
    """Take the file's keys if there are none here. None are generated: they would break every link in use."""
    kept = rt.folder / data_folder.KEYS
    if manifest.keys and not rt.settings.keys:
        keep(kept, json.loads(file.get(KEYS))["keys"])
    if not rt.settings.keys and not kept.exists():
        raise CannotMove(NO_KEYS)
    if not opens(rt.links, manifest.probe):
        raise CannotMove(OTHER_KEYS)


def _ahead(rt: Container) -> timedelta:
    return rt.clock.ahead if isinstance(rt.clock, JumpClock) else timedelta()


def _bring_clock(rt: Container, manifest: Manifest) -> None:
    """Move the clock as far ahead as the source's, so that no document of a moved clock lies in the future."""
    if isinstance(rt.clock, JumpClock):
        rt.clock.be_ahead(timedelta(seconds=manifest.ahead))
    elif manifest.ahead:
        raise CannotMove(MOVED_CLOCK)
