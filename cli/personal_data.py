"""`laksa erase`: list what is held of one complaint, erase it, and repeat the ledger's erasures after a restore.
`laksa answer-data`: an office other than the desk answers a request about somebody's own data.
"""

from __future__ import annotations
import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.app.data_folder import LEDGER
from workflows.domain.privacy.data_request import KINDS, RESULTS

if TYPE_CHECKING:
    from workflows.privacy.erasers import Target


NOTHING_DONE = 1
"""Exit status if data is still held: without --yes nothing is erased, and a script must notice."""

WHAT = {
    "contact": "nama dan kontak, juga nomor pribadi di dalam isinya; laporan tetap dikerjakan",
    "whole": "isi, foto, nama dan kontak; tautan pelapor tidak membuka laporan lagi",
}
PLACES = {
    "reporter": "data pelapor (nama, email, nomor HP)",
    "complaint": "laporan itu sendiri",
    "timeline": "baris riwayat",
    "photos": "berkas foto",
    "letters": "email keluar yang tertangkap",
    "mails": "email masuk yang masih tersimpan",
    "notices": "catatan server email",
    "submissions": "sidik formulir dan pengirim",
    "mail_limits": "hitungan email ke alamat pelapor",
    "proofs": "sidik foto bukti",
    "accesses": "catatan siapa yang membuka",
    "data_requests": "permintaan pelapor atas datanya",
}
UNFINISHED_WORDS = {
    "contact": "Dengan --whole isinya ikut dihapus; laporan yang masih dikerjakan dicatat sebagai ditarik.",
    "whole": "Laporan belum selesai; ia dicatat sebagai ditarik, dan OPD-nya dikabari.",
}
LEFT = "Yang tetap: nomor, status, kategori, kelurahan, tanggal, OPD."

_ABOUT = (
    "With a ticket: lists where personal data of that report is stored, without a word of it (status 1 while "
    "there is any); --yes erases it. --replay erases again what an old copy brought back; --ledger prints the "
    "ledger."
)


def add_erase_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "erase", help="the right to erasure: what is held of one report, and its end", description=_ABOUT
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("ticket", nargs="?", help="LKS-XXXX-XXXX-C, typed as you like")
    which.add_argument("--ledger", action="store_true", help="print the ledger of erasures, to be kept elsewhere")
    which.add_argument(
        "--replay", nargs="?", const="", metavar="FILE", help="erase again, after a restore, what the ledger names"
    )
    parser.add_argument("--whole", action="store_true", help="the words of an unfinished report, too: it is withdrawn")
    parser.add_argument("--yes", action="store_true", help="erase; without it, only list what is held")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_erase)


def run_erase(args: argparse.Namespace) -> int:
    """List, and erase once confirmed; 1 when data is still held, or the complaint does not exist."""
    if args.ledger:
        return _print_ledger()
    if args.replay is not None:
        return _replay(args)
    from workflows.domain.complaint.ticket import parse_ticket
    from workflows.failures import UnknownComplaint

    ticket = parse_ticket(args.ticket)
    try:
        return _erase(ticket, args) if ticket else _unknown()
    except UnknownComplaint:
        return _unknown()


def _erase(ticket: str, args: argparse.Namespace) -> int:
    from functions.app.jobs import erasure_context
    from workflows.domain.privacy.erasure import extent
    from workflows.privacy.erase import holdings, target_of

    world = erasure_context()
    what = extent(target_of(world, ticket, "whole").complaint, args.whole)
    target = target_of(world, ticket, what)
    held = holdings(world, target)
    if not args.json:
        sys.stdout.write(_listed(target, held))
    erased = bool(held) and (args.yes or _confirmed(args))
    if erased:
        _carry_out(ticket, what)
    left = holdings(world, target_of(world, ticket, what)) if erased else held
    _say(args, target, held, left)
    return NOTHING_DONE if left else 0


def _carry_out(ticket: str, what: str) -> None:
    """Erase; an office that must be informed gets its notice from the next sweep, with the host's
    own addresses.
    """
    from functions.app.container import container
    from functions.app.jobs import erasure_context
    from workflows.privacy.erase import erase
    from workflows.privacy.ledger import ASKED

    erase(erasure_context(), ticket, what, ASKED)
    container().scrub()


def _confirmed(args: argparse.Namespace) -> bool:
    """Ask a person at a keyboard; anybody else needs --yes."""
    if args.json or not sys.stdin.isatty():
        return False
    sys.stdout.write("Hapus sekarang? Tidak dapat dikembalikan. Ketik ya: ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() == "ya"


def _listed(target: Target, held: dict[str, int]) -> str:
    if not held:
        return f"{target.ticket}: tidak ada lagi yang perlu dihapus.\n"
    rows = [f"  {PLACES[place]}: {held[place]}" for place in PLACES if place in held]
    unfinished = [UNFINISHED_WORDS[target.what]] if target.what == "contact" or _is_open(target) else []
    return "\n".join([f"{target.ticket}, dihapus: {WHAT[target.what]}", *rows, LEFT, *unfinished, ""])


def _is_open(target: Target) -> bool:
    from workflows.domain.privacy.erasure import UNFINISHED

    return target.complaint.state in UNFINISHED


def _say(args: argparse.Namespace, target: Target, held: dict[str, int], left: dict[str, int]) -> None:
    if args.json:
        facts = {"ticket": target.ticket, "what": target.what, "held": held, "left": left}
        sys.stdout.write(json.dumps(facts | {"erased": bool(held) and not left}) + "\n")
    elif left == held and held:
        sys.stdout.write("Belum ada yang dihapus. Jalankan lagi dengan --yes.\n")
    elif left:
        sys.stdout.write("Sebagian masih ada, karena baru saja masuk. Jalankan sekali lagi.\n")
    elif held:
        sys.stdout.write("Sudah dihapus dari semua tempat itu.\n")


def _unknown() -> int:
    sys.stderr.write("laksa: no case of that number\n")
    return 1


def _print_ledger() -> int:
    from functions.app.jobs import erasure_context
    from workflows.privacy.ledger import every

    sys.stdout.writelines(f"{erasure.to_line()}\n" for erasure in every(erasure_context()))
    return 0


def _replay(args: argparse.Namespace) -> int:
    from functions.app.container import container
    from functions.app.jobs import erasure_context
    from workflows.privacy.erasure_jobs import erase_all_again

    more = Path(args.replay).read_text("utf-8").splitlines() if args.replay else []
    world = erasure_context()
    unread = _unreadable({LEDGER: list(world.ledger.lines()), args.replay: more})
    count = erase_all_again(world, more)
    container().scrub()
    facts = {"erased_again": count, "unreadable": unread}
    sys.stdout.write((json.dumps(facts) if args.json else f"{count} penghapusan diulang.") + "\n")
    for where in unread:
        sys.stderr.write(f"laksa: {where}: no erasure can be read there; what it named may be back\n")
    return NOTHING_DONE if unread else 0


def _unreadable(files: dict[str, list[str]]) -> list[str]:
    """`file:line` of every line of a ledger that could not be read."""
    from workflows.privacy.ledger import unreadable

    return [f"{name}:{n}" for name, lines in files.items() for n in unreadable(lines)]


_ABOUT_ANSWERS = (
    "An office's answer to a request about somebody's own data, where the report may accuse those who run the "
    "desk: then nothing of the request is on the board."
)


def add_answer_parser(subparsers: Any) -> None:
    """Declare the command."""
    words = "answer a citizen's request about their own data that is not the desk's to read"
    parser = subparsers.add_parser("answer-data", help=words, description=_ABOUT_ANSWERS)
    parser.add_argument("ticket", help="LKS-XXXX-XXXX-C, typed as you like")
    parser.add_argument("kind", choices=KINDS, help="what was asked for")
    parser.add_argument("result", choices=RESULTS, help="what came of it")
    parser.add_argument("message", help="what the citizen reads")
    parser.set_defaults(run=run_answer)


def run_answer(args: argparse.Namespace) -> int:
    """Record the answer and queue the citizen's notice; 1 if there is no such request, or it was answered
    differently.
    """
    from functions.app.container import services
    from functions.views.shared.forms import error_sentence
    from workflows.citizen.data_requests import answer
    from workflows.domain.privacy.data_request import DataAnswer
    from workflows.errors import InvalidInput

    try:
        change = answer(services(), f"{args.ticket}.{args.kind}", DataAnswer(args.result, args.message))
    except InvalidInput as wrong:
        sys.stderr.write(f"laksa: {'; '.join(error_sentence(e, 'id', office=True) for e in wrong.errors)}\n")
        return 1
    sys.stdout.write("Jawaban tersimpan; suratnya keluar.\n" if change else "Sudah dijawab begitu.\n")
    return 0
