"""The command `laksa`, the same for every stack. Each subcommand has its own module."""

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
"""Functions that declare one subcommand each, in the order of `--help`."""


NEED_DATA = ("case", "stuck", "replay", "sweep", "inbound", "export", "erase", "answer-data", "backup")
WRITE = ("routing", "replay", "sweep", "inbound", "export", "import", "erase", "answer-data")
"""Subcommands that write into the data folder; `backup` and `restore` check its owner themselves."""


class Parser(argparse.ArgumentParser):
    """Reports an error in one line; --help explains the rest."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 fine, 1 a problem was found, 2 wrong usage; errors are one line on standard error."""
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
    """Refuse to write into another user's data folder: one file with the wrong owner keeps a city
    from starting.
    """
    settings = read_settings()
    if not settings.photo_bucket:
        require_own(settings.data)


def _missing_folder() -> int:
    """2 with a message: a misspelt folder must not look like a city without problems."""
    sys.stderr.write(f"laksa: there is no {STORE} in {read_settings().data}; is LAKSA_DATA right?\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
