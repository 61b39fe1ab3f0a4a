"""`laksa case`: all data of one complaint, without the reporter's name and contact. `laksa stuck` and `laksa
replay`: list what does not move by itself, and queue it again.
"""

from __future__ import annotations
import argparse
import json
import sys
from typing import Any

from functions.views.shared.rendering import plain_moment

_ABOUT = (
    "Everything stored about one complaint, and who has opened it, without the reporter's name and contact. "
    "Its words are unmasked, and they may name anybody."
)


def add_case_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "case", help="one complaint in full: state, timeline, mails, who read it", description=_ABOUT
    )
    parser.add_argument("ticket", help="LKS-XXXX-XXXX-C, typed as you like; board: who opened the desk's board")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_case)


def run_case(args: argparse.Namespace) -> int:
    """Print the complaint; 1 when there is none of that number."""
    from functions.app.container import container
    from workflows.domain.complaint.ticket import parse_ticket
    from workflows.records.accesses import BOARD
    from workflows.records.queries import board_accesses, whole_case

    store, ticket = container().store, parse_ticket(args.ticket)
    case = whole_case(store, ticket) if ticket else board_accesses(store) if args.ticket == BOARD else None
    if case is None:
        sys.stderr.write("laksa: no case of that number\n")
        return 1
    text = json.dumps(case, ensure_ascii=False, indent=None if args.json else 2, default=plain_moment)
    sys.stdout.write(text + "\n")
    return 0


TITLES = {
    "unreadable": "Laporan tidak dapat dibaca: {ticket}",
    "overdue": "Lewat batas waktu: {ticket}, {opd}, sejak {deadline:%Y-%m-%d}",
    "alarms": "Alarm tidak diperiksa: {ticket} ({state}), sejak {next_check_at:%Y-%m-%d %H:%M}",
    "unsent": "Belum terkirim: {id}, dicoba {attempts} kali, {last_error}",
    "failed": "Gagal terkirim: {id}, {last_error}",
    "mails": "Surat masuk belum terbaca: {id}, sejak {came_at:%Y-%m-%d %H:%M}, dicoba {attempts} kali",
    "unerased": "Data pribadi lewat masa simpan: {ticket}, sejak {erase_at:%Y-%m-%d}",
    "unasked": "Pertanyaan setelah ditutup belum terkirim: {ticket}, sejak {questionnaire_at:%Y-%m-%d %H:%M}",
    "dead_letters": "Pesan mati: {topic} {data}, {error}",
    "calendar": "Kalender: cuti bersama {year} belum ada, tenggat tahun itu baru perkiraan",
}


def add_stuck_parser(subparsers: Any) -> None:
    """Declare both commands."""
    parser = subparsers.add_parser(
        "stuck", help="what is overdue, unsent, dead-lettered or unreadable; years without decreed days off"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_stuck)
    again = subparsers.add_parser("replay", help="send again what failed for good, and at once what would wait")
    again.add_argument("--json", action="store_true", help="for machines")
    again.set_defaults(run=run_again)


def run_stuck(args: argparse.Namespace) -> int:
    """Print what is stuck; 1 if there is anything."""
    found = _found()
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, default=plain_moment) + "\n")
    else:
        lines = [_line(kind, item) for kind, items in found.items() for item in items]
        sys.stdout.write("\n".join(lines or ["Tidak ada yang macet."]) + "\n")
    return 1 if any(found.values()) else 0


def _line(kind: str, item: dict[str, Any]) -> str:
    try:
        return TITLES[kind].format(**item)
    except (KeyError, TypeError, ValueError):  # a damaged document: the others are listed all the same
        return f"{kind}: {json.dumps(item, ensure_ascii=False, default=plain_moment)}"


def run_again(args: argparse.Namespace) -> int:
    """Queue it again; the next sweep sends it."""
    from functions.app.container import container
    from workflows.clock.stuck import replay

    count = replay(container().store, _found(), container().clock.now())
    text = json.dumps({"replayed": count}) if args.json else f"{count} dikirim ulang pada pemeriksaan berikutnya."
    sys.stdout.write(text + "\n")
    return 0


def _found() -> dict[str, list[dict[str, Any]]]:
    from functions.app.container import container
    from workflows.clock.stuck import stuck
    from workflows.migration.import_guard import require_whole

    rt = container()
    require_whole(rt.store)
    return stuck(rt.store, rt.policy, rt.clock.now())
