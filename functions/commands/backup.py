"""`laksa backup` and `laksa restore`: a copy of a city on one machine while it runs, and its way back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functions.commands.backing_up import Backup
    from functions.commands.restoring import Restored
    from functions.settings import Settings

MADE = "Cadangan utuh: {path}, {complaints} laporan, {files} berkas lain.\n"
REMOVED = "Dihapus karena sudah cukup banyak: {names}\n"
NO_KEYS = "Kunci tautan tidak ada di dalamnya: simpan LAKSA_KEYS di tempat lain.\n"
RESTORED = "Kota pulih dengan {complaints} laporan. Yang masuk sesudah cadangan itu dibuat tidak ada lagi.\n"
ASIDE = "Yang tadi ada di sini disimpan di {aside}: data pribadi, hapus bila sudah tidak diperlukan.\n"
REPLAYED = "Yang sudah dihapus menurut catatan penghapusan dihapus sekali lagi saat Laksa dijalankan.\n"
ONE_MACHINE = "is for a city on one machine; on Google Cloud Firestore makes the backups, see docs/deploy.md"


def add_parser(subparsers: Any) -> None:
    """Declare both commands."""
    backup = subparsers.add_parser("backup", help="copy the whole city while it runs, into a new folder in FOLDER")
    backup.add_argument("folder", metavar="FOLDER")
    backup.add_argument("--keep", type=_at_least_one, default=0, metavar="N", help="delete all but the newest N")
    backup.add_argument("--json", action="store_true", help="for machines")
    backup.set_defaults(run=run_backup)
    words = "put a backup in the place of the present city, which must be stopped and is kept aside"
    restore = subparsers.add_parser("restore", help=words)
    restore.add_argument("backup", metavar="BACKUP", help="one folder that `laksa backup` has made")
    restore.add_argument("--json", action="store_true", help="for machines")
    restore.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int:
    """Make it and say what is in it; 1, and one line with the reason, where there is none."""
    from datetime import UTC, datetime

    from functions.commands.backing_up import back_up
    from functions.heartbeat import beat
    from workflows.failures import Retryable

    settings = _on_one_machine("backup")
    try:
        made = back_up(settings.data, Path(args.folder), datetime.now(UTC), args.keep)
    except (OSError, ValueError, Retryable) as error:
        sys.stderr.write(f"laksa: backup failed: {_sentence(error)}\n")
        return 1
    sys.stdout.write(_json(made) if args.json else _made(made, settings))
    beat(settings.backup_heartbeat_url)
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Put it back and say what was kept aside."""
    from datetime import UTC, datetime

    from functions.commands.restoring import restore

    done = restore(_on_one_machine("restore").data, Path(args.backup), datetime.now(UTC))
    sys.stdout.write(_json_restored(done) if args.json else _restored(done))
    return 0


def _on_one_machine(command: str) -> Settings:
    from functions.settings import SettingsError, read_settings

    settings = read_settings()
    if settings.stack != "embedded":
        raise SettingsError(f"laksa {command} {ONE_MACHINE}")
    return settings


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or ''}: {error.strerror}".removeprefix(": ")
    return str(error)


def _made(made: Backup, settings: Settings) -> str:
    told = MADE.format(path=made.path, complaints=made.complaints, files=made.files)
    removed = REMOVED.format(names=", ".join(made.removed)) if made.removed else ""
    return told + (NO_KEYS if settings.keys else "") + removed


def _json(made: Backup) -> str:
    facts = {"path": str(made.path), "complaints": made.complaints, "files": made.files}
    return json.dumps(facts | {"removed": list(made.removed)}) + "\n"


def _restored(done: Restored) -> str:
    aside = ASIDE.format(aside=done.aside) if done.aside else ""
    return RESTORED.format(complaints=done.complaints) + aside + REPLAYED


def _json_restored(done: Restored) -> str:
    return json.dumps({"complaints": done.complaints, "aside": str(done.aside) if done.aside else None}) + "\n"


def _at_least_one(typed: str) -> int:
    if not typed.isdigit() or int(typed) < 1:
        raise argparse.ArgumentTypeError(f"{typed!r} is no number from 1 on")
    return int(typed)
