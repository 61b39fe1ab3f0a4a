"""The command `laksa`: the same words in every stack. Each command lies in its own module."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from functions import case_command, route_command, stuck_command, sweep_command
from functions.settings import SettingsError
from workflows.errors import Retryable

COMMANDS = (route_command, case_command, stuck_command, sweep_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 fine, 1 a problem was found, 2 used wrongly; errors on standard error in one line."""
    parser = argparse.ArgumentParser(prog="laksa", description="Laksa, the complaint desk a whole city runs on.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except SettingsError as error:
        sys.stderr.write(f"laksa: {error}\n")
        return 2
    except Retryable as error:
        sys.stderr.write(f"laksa: {type(error).__name__}: {error}\n")
        return 1
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
