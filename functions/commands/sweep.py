"""`laksa sweep`: one tick now."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("sweep", help="one tick now: wake everything whose alarm has rung")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Wake what is due and say how much; where the bus lives in this process, wait until it is done."""
    from functions.erasing import erase_due
    from functions.services import collect_mail, ports
    from functions.wiring import runtime
    from infra.embedded.one_tick import finish_here
    from workflows.citizen.kept_photos import forget_due
    from workflows.clock.deadlines import sweep
    from workflows.moving.unfinished import require_whole

    require_whole(runtime().store)
    woken, *_ = finish_here(lambda: (sweep(ports()), collect_mail(), erase_due(), forget_due(ports())))
    sys.stdout.write((json.dumps({"woken": woken}) if args.json else f"{woken} dibangunkan.") + "\n")
    return 0
