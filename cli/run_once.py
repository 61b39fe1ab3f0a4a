"""`laksa inbound FILE`: process one raw mail as if it had come by POST /surat-masuk. `laksa sweep`:
one sweep now.
"""

from __future__ import annotations
import argparse
import json
import sys
from pathlib import Path
from typing import Any

OUTCOMES = {
    "draft_by_mail": "balasan tersimpan sebagai konsep, dan pengirimnya mendapat tautan untuk mengirimnya",
    "drafted": "konsep jawaban dari unit tersimpan, dan OPD-nya dikabari",
    "added": "keterangan dari pelapor tersimpan",
    "replied": "jawaban dari pelapor tersimpan",
    "reply_late": "balasan tidak disimpan; pengirimnya dikabari",
    "told": "balasan tidak disimpan; pengirimnya sudah dikabari sebelumnya",
    "reply_by_link": "balasan tidak disimpan; pelapor mendapat tautan untuk menulis",
    "repeat": "balasan yang sama sudah pernah diterima",
    "bounce": "surat kami kembali; kotak surat cadangan atau operator mendapatnya",
    "old_bounce": "surat kami kembali, tetapi tidak mengubah apa-apa lagi",
    "auto_reply": "balasan otomatis; tidak dijawab",
    "loop": "surat kami sendiri; tidak dijawab",
}
PROBLEMS = {
    "unknown": "bukan balasan untuk surat Laksa, atau alamatnya tidak asli",
    "no_case": "laporannya tidak ada",
    "lost": "isinya hilang sebelum dibaca",
    "unreadable": "tidak dapat dibaca",
}
LATER = "tersimpan, dan dibaca sebentar lagi"


def add_inbound_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("inbound", help="take in one raw mail, as if it had come by POST /surat-masuk")
    parser.add_argument("file", metavar="FILE", help="a mail as it came (.eml), or - for standard input")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_inbound)


def run_inbound(args: argparse.Namespace) -> int:
    """Take the mail in and print the outcome; 1 when it contains no address of ours."""
    from functions.app.container import container, services
    from infra.embedded.scheduler import finish_here
    from workflows.collection_names import INBOUND
    from workflows.mail.inbound_mail import take_in
    from workflows.ports import MAX_MAIL_BYTES

    raw = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    if not raw.strip() or len(raw) > MAX_MAIL_BYTES:
        raise ValueError(f"{args.file} is {'empty' if not raw.strip() else 'larger than 25 MB'}")
    id = finish_here(lambda: take_in(services(), raw))
    mail = container().store.get(INBOUND, id) or {}
    outcome, letter = str(mail.get("outcome") or ""), str(mail.get("notice") or "")
    ticket = letter.split(".")[0] if letter.startswith("LKS-") else ""
    sys.stdout.write(_said(args.json, id, outcome, letter, ticket) + "\n")
    return 1 if outcome in PROBLEMS else 0


def _said(as_json: bool, id: str, outcome: str, letter: str, ticket: str) -> str:
    if as_json:
        return json.dumps({"mail": id, "outcome": outcome, "ticket": ticket, "notice": letter})
    words = (OUTCOMES | PROBLEMS).get(outcome, LATER)
    return f"{ticket}: {words}." if ticket else f"{words[:1].upper()}{words[1:]}."


def add_sweep_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("sweep", help="one tick now: wake everything whose alarm has rung")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_sweep)


def run_sweep(args: argparse.Namespace) -> int:
    """Wake what is due and print how much; if the bus is in this process, wait until it is done."""
    from functions.app.container import container, services
    from functions.app.jobs import collect_mail, erase_due
    from infra.embedded.scheduler import finish_here
    from workflows.citizen.staged_photos import forget_due
    from workflows.clock.deadlines import sweep
    from workflows.migration.import_guard import require_whole

    require_whole(container().store)
    woken, *_ = finish_here(lambda: (sweep(services()), collect_mail(), erase_due(), forget_due(services())))
    sys.stdout.write((json.dumps({"woken": woken}) if args.json else f"{woken} dibangunkan.") + "\n")
    return 0
