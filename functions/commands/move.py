"""`laksa export --all` and `laksa import`: a whole city out of one stack and into another."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.data_folder import LEDGER

if TYPE_CHECKING:
    from workflows.moving.manifest import Manifest

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
    """Declare `import`; `export` is declared with its other kinds."""
    words = "a whole city from a file of `laksa export --all`"
    parser = subparsers.add_parser("import", help=words, description=_ABOUT)
    parser.add_argument("file", metavar="FILE", help="what `laksa export --all` has written")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_import)


def export_whole_city(args: argparse.Namespace) -> int:
    """Write the file and say what is in it."""
    from functions.commands.whole_city import export_to
    from functions.wiring import runtime

    manifest = export_to(runtime(), Path(args.all), args.with_keys)
    if args.json:
        sys.stdout.write(_json(manifest))
        return 0
    sys.stdout.write(_listed(manifest))
    sys.stdout.write(CARE.format(file=args.all, keys=", juga kunci tautan" if args.with_keys else ""))
    sys.stdout.write(ONE_CITY if args.with_keys else WITHOUT_KEYS + ONE_CITY)
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Fill the city and say what came."""
    from functions.commands.whole_city import import_from
    from functions.wiring import runtime

    moved = import_from(runtime(), Path(args.file))
    if args.json:
        sys.stdout.write(_json(moved.manifest, again=moved.again, erased_again=moved.erased))
        return 0
    sys.stdout.write(_listed(moved.manifest) + (HERE_BEFORE if moved.again else HERE))
    if moved.erased:
        sys.stdout.write(ERASED.format(count=moved.erased))
    return 0


def _listed(manifest: Manifest) -> str:
    """A line a collection."""
    sums = manifest.documents | {"photos": manifest.photos, LEDGER: manifest.erasures}
    return "".join(f"{name:<24}{each.count:>9}  {each.sha256[:16]}\n" for name, each in sums.items())


def _json(manifest: Manifest, **more: Any) -> str:
    sums = {group: asdict(each) for group, each in manifest.documents.items()}
    facts = {"documents": sums, "photos": asdict(manifest.photos), "erasures": asdict(manifest.erasures)}
    return json.dumps(facts | {"keys": manifest.keys, **more}) + "\n"
