"""`laksa answer-data`: what an office other than the desk answers to a request about somebody's own data."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from workflows.domain.data_request import KINDS, RESULTS

_ABOUT = (
    "An office's answer to a request about somebody's own data, where the report may accuse those who run the "
    "desk: then nothing of the request is on the board."
)


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    words = "answer a citizen's request about their own data that is not the desk's to read"
    parser = subparsers.add_parser("answer-data", help=words, description=_ABOUT)
    parser.add_argument("ticket", help="LKS-XXXX-XXXX-C, typed as you like")
    parser.add_argument("kind", choices=KINDS, help="what was asked for")
    parser.add_argument("result", choices=RESULTS, help="what came of it")
    parser.add_argument("message", help="what the citizen reads")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Settle it and queue the citizen's letter; 1 where there is no such request, or it was answered otherwise."""
    from functions.services import ports
    from functions.views.field_errors import error_sentence
    from workflows.citizen.data_requests import answer
    from workflows.domain.data_request import DataAnswer
    from workflows.errors import InvalidInput

    try:
        change = answer(ports(), f"{args.ticket}.{args.kind}", DataAnswer(args.result, args.message))
    except InvalidInput as wrong:
        sys.stderr.write(f"laksa: {'; '.join(error_sentence(e, 'id', office=True) for e in wrong.errors)}\n")
        return 1
    sys.stdout.write("Jawaban tersimpan; suratnya keluar.\n" if change else "Sudah dijawab begitu.\n")
    return 0
