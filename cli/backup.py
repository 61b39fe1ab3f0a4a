"""`laksa backup` and `laksa restore`: copy a city on one machine while it runs, and restore a copy. Also describes
a disk error in one line.
"""

from __future__ import annotations
import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functions.app.settings import Settings
    from infra.embedded.copies.make_backup import Backup
    from infra.embedded.copies.restore import Restored


def disk_words(error: OSError) -> str:
    """The error in one line, with the file if it is known."""
    trouble = error.strerror or str(error)
    return f"{error.filename}: {trouble}" if error.filename else trouble


MADE = "Cadangan utuh: {path}, {complaints} laporan, {files} berkas lain.\n"
REMOVED = "Dihapus karena sudah terlalu lama: {names}\n"
WITH_GAPS = "Cadangan dibuat, tetapi kotanya tidak utuh: {path}, {complaints} laporan, {files} berkas lain.\n"
GAP = "laksa: the backup is made, but the city itself is not whole: {gap}\n"
LEFT = "laksa: the backup is whole, but this could not be deleted: {trouble}\n"
NO_KEYS = "Kunci tautan tidak ada di dalamnya: simpan LAKSA_KEYS di tempat lain.\n"
RESTORED = "Kota pulih dengan {complaints} laporan. Yang masuk sesudah cadangan itu dibuat tidak ada lagi.\n"
ASIDE = "Yang tadi ada di sini disimpan di {aside}: data pribadi, hapus bila sudah tidak diperlukan.\n"
REPLAYED = "Yang sudah dihapus menurut catatan penghapusan dihapus sekali lagi saat Laksa dijalankan.\n"
ONE_MACHINE = "is for a city on one machine; on Google Cloud Firestore makes the backups, see docs/deploy.md"

_ABOUT_BACKUP = (
    "For a city on one machine (docs/one-machine.md). The copy holds the store as of one moment, photos, "
    "mails that wait to be read, keys and the ledger of erasures."
)
_ABOUT_RESTORE = (
    "For a city on one machine (docs/one-machine.md). The backup is compared with its inventory and its keys "
    "are tried before anything is exchanged; what was there is kept aside."
)


def add_parser(subparsers: Any) -> None:
    """Declare both commands."""
    backup = subparsers.add_parser(
        "backup", help="copy the whole city while it runs, into a new folder in FOLDER", description=_ABOUT_BACKUP
    )
    backup.add_argument("folder", type=_path, metavar="FOLDER", help="where the backups are stored")
    words = "delete those N days old and older"
    backup.add_argument("--days", type=_at_least_one, default=0, metavar="N", help=words)
    words = "with --days: the newest N stay however old they are (3)"
    backup.add_argument("--at-least", type=_at_least_one, default=3, metavar="N", help=words)
    backup.add_argument("--json", action="store_true", help="for machines")
    backup.set_defaults(run=run_backup)
    words = "put a backup in the place of the present city, which must be stopped and is kept aside"
    restore = subparsers.add_parser("restore", help=words, description=_ABOUT_RESTORE)
    words = "one folder that `laksa backup` has made, or that a restore kept aside"
    restore.add_argument("backup", type=_path, metavar="BACKUP", help=words)
    words = "also where photos or mails in it are damaged or missing: they come as they are"
    restore.add_argument("--damaged", action="store_true", help=words)
    restore.add_argument("--json", action="store_true", help="for machines")
    restore.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int:
    """Make a backup and print what is in it; 1, with a line for the reason, if something is left to do. A backup
    with gaps is kept, since there may be no better one, but no heartbeat is sent.
    """
    from datetime import UTC, datetime

    from functions.app.jobs import send_heartbeat
    from infra.embedded.copies.make_backup import make_backup
    from infra.embedded.copies.old_backups import Keep
    from workflows.failures import Retryable

    settings = _on_one_machine("backup")
    keep = Keep(args.days, args.at_least)
    try:
        made = make_backup(settings.data, args.folder, datetime.now(UTC), keep, _keys(settings))
    except (OSError, ValueError, Retryable) as error:
        sys.stderr.write(f"laksa: backup failed: {_sentence(error)}\n")
        return 1
    sys.stdout.write(_json(made) if args.json else _made(made, settings))
    if not made.gaps:
        send_heartbeat(settings.backup_heartbeat_url)
    sys.stderr.write("".join(GAP.format(gap=gap) for gap in made.gaps))
    sys.stderr.write("".join(LEFT.format(trouble=trouble) for trouble in made.troubles))
    return 1 if made.gaps or made.troubles else 0


def run_restore(args: argparse.Namespace) -> int:
    """Restore a backup and print where the old data is kept."""
    from datetime import UTC, datetime

    from infra.embedded.copies.restore import restore

    settings = _on_one_machine("restore")
    done = restore(settings.data, args.backup, datetime.now(UTC), _keys(settings), args.damaged)
    sys.stdout.write(_json_restored(done) if args.json else _restored(done))
    return 0


def _on_one_machine(command: str) -> Settings:
    from functions.app.settings import SettingsError, read_settings

    settings = read_settings()
    if settings.stack != "embedded":
        raise SettingsError(f"laksa {command} {ONE_MACHINE}")
    return settings


def _keys(settings: Settings) -> list[str]:
    return [str.__str__(key) for key in settings.keys]


def _sentence(error: Exception) -> str:
    return disk_words(error) if isinstance(error, OSError) else str(error)


def _made(made: Backup, settings: Settings) -> str:
    words = WITH_GAPS if made.gaps else MADE
    told = words.format(path=made.path, complaints=made.complaints, files=made.files)
    removed = REMOVED.format(names=", ".join(made.removed)) if made.removed else ""
    return told + (NO_KEYS if settings.keys else "") + removed


def _json(made: Backup) -> str:
    facts = {"path": str(made.path), "complaints": made.complaints, "files": made.files}
    return json.dumps(facts | {"removed": list(made.removed), "gaps": list(made.gaps)}) + "\n"


def _restored(done: Restored) -> str:
    aside = ASIDE.format(aside=done.aside) if done.aside else ""
    return RESTORED.format(complaints=done.complaints) + aside + REPLAYED


def _json_restored(done: Restored) -> str:
    return json.dumps({"complaints": done.complaints, "aside": str(done.aside) if done.aside else None}) + "\n"


def _at_least_one(typed: str) -> int:
    if not typed.isdigit() or int(typed) < 1:
        raise argparse.ArgumentTypeError(f"{typed!r} is no number from 1 on")
    return int(typed)


def _path(typed: str) -> Path:
    """The path; an empty string is refused: it is an unset variable, and would mean the current folder."""
    if not typed.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(typed)
