"""The command `laksa`: the same words in every stack. Each command lies in its own module."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from cli import backup, complaints, export, migrate, personal_data, route, routing, run_once
from cli.backup import disk_words
from functions.app.data_folder import RESTORING, STORE, require_own
from functions.app.settings import SettingsError, read_settings
from workflows.failures import Retryable

COMMANDS = (
    route.add_parser,
    routing.add_parser,
    complaints.add_case_parser,
    complaints.add_stuck_parser,
    run_once.add_sweep_parser,
    run_once.add_inbound_parser,
    export.add_parser,
    migrate.add_parser,
    backup.add_parser,
    personal_data.add_erase_parser,
    personal_data.add_answer_parser,
)
"""Each declares its command, in the order of `--help`."""


NEED_DATA = ("case", "stuck", "replay", "sweep", "inbound", "export", "erase", "answer-data", "backup")
WRITE = ("routing", "replay", "sweep", "inbound", "export", "import", "erase", "answer-data")
"""Into the data folder; `backup` and `restore` look for themselves whose it is."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; --help says the rest."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 fine, 1 a problem was found, 2 used wrongly; errors on standard error in one line."""
    parser = Parser(prog="laksa", description="Laksa, the complaint desk a whole city runs on.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add_command in COMMANDS:
        add_command(subparsers)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command in NEED_DATA and not _has_data():
            return _missing_folder()
        if chosen.command in WRITE:
            _require_own_folder()
        return int(chosen.run(chosen))
    except SettingsError as error:
        sys.stderr.write(f"laksa: {error}\n")
        return 2
    except Retryable as error:
        sys.stderr.write(f"laksa: {type(error).__name__}: {error}\n")
        return 1
    except BrokenPipeError:
        return 0
    except ValueError as error:
        sys.stderr.write(f"laksa: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"laksa: {disk_words(error)}\n")
        return 1


def _has_data() -> bool:
    settings = read_settings()
    return settings.stack != "embedded" or any((settings.data / name).is_file() for name in (STORE, RESTORING))


def _require_own_folder() -> None:
    """One file of another user's among its own, and a city does not start again."""
    settings = read_settings()
    if not settings.photo_bucket:
        require_own(settings.data)


def _missing_folder() -> int:
    """A misspelt folder must not look like a city where all is well."""
    sys.stderr.write(f"laksa: there is no {STORE} in {read_settings().data}; is LAKSA_DATA right?\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
