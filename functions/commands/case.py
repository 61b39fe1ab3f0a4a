"""`laksa case`: one case whole, without the reporter's name and contact; its words as they are."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from functions.views.words import plain_moment

_ABOUT = (
    "Everything stored about one complaint, and who has opened it, without the reporter's name and contact. "
    "Its words are unmasked, and they may name anybody."
)


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "case", help="one complaint in full: state, timeline, mails, who read it", description=_ABOUT
    )
    parser.add_argument("ticket", help="LKS-XXXX-XXXX-C, typed as you like; board: who opened the desk's board")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the case; 1 when there is none of that number."""
    from functions.wiring import runtime
    from workflows.domain.access import BOARD
    from workflows.domain.ticket import parse_ticket
    from workflows.records.whole_case import board_accesses, whole_case

    store, ticket = runtime().store, parse_ticket(args.ticket)
    case = whole_case(store, ticket) if ticket else board_accesses(store) if args.ticket == BOARD else None
    if case is None:
        sys.stderr.write("laksa: no case of that number\n")
        return 1
    text = json.dumps(case, ensure_ascii=False, indent=None if args.json else 2, default=plain_moment)
    sys.stdout.write(text + "\n")
    return 0
