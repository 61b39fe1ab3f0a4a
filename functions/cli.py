"""The command `laksa`: the same words in every stack. Each command lies in its own module."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from functions.commands import (
    answer_data,
    backup,
    case,
    erase,
    export,
    inbound,
    move,
    route,
    routing,
    stuck,
    sweep,
)
from functions.settings import SettingsError, read_settings
from workflows.failures import Retryable

COMMANDS = (
    route,
    routing,
    case,
    stuck,
    sweep,
    inbound,
    export,
    move,
    backup,
    erase,
    answer_data,
)


NEED_DATA = ("case", "stuck", "replay", "inbound", "export", "erase", "answer-data", "backup")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; --help says the rest."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 fine, 1 a problem was found, 2 used wrongly; errors on standard error in one line."""
    parser = Parser(prog="laksa", description="Laksa, the complaint desk a whole city runs on.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers)
    chosen = parser.parse_args(arguments)
    try:
        return _missing_folder() if chosen.command in NEED_DATA and not _has_data() else int(chosen.run(chosen))
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
        sys.stderr.write(f"laksa: {error.filename or ''}: {error.strerror or error}\n")
        return 1


def _has_data() -> bool:
    settings = read_settings()
    return settings.stack != "embedded" or (settings.data / "laksa.db").is_file()


def _missing_folder() -> int:
    """A misspelt folder must not look like a city where all is well."""
    sys.stderr.write(f"laksa: there is no laksa.db in {read_settings().data}; is LAKSA_DATA right?\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
