"""`laksa route`: where a text would be routed, and why. Nothing is stored."""

from __future__ import annotations
import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.routing import why_not

if TYPE_CHECKING:
    from workflows.routing.model import Decision
    from workflows.routing.table import RoutingTable

_ABOUT = (
    "Asks the router with the routing table of the data folder, or with the shipped table where there is "
    "none. Of each text 5,000 characters are read, as in the form."
)


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "route", help="where a text would go, and why; nothing is stored", description=_ABOUT
    )
    parser.add_argument("text", nargs="?", help="the report's words")
    parser.add_argument("--place", default="", metavar="TEXT", help="the place, as the form's field says it")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--jsonl", metavar="FILE", help='one decision a line for lines with "id" and "text"')
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The exit status: 0 decided; 1 a line or the table could not be read; 2 wrong usage, or no such file."""
    from workflows.routing.table import TableError

    if (args.text is None) == (args.jsonl is None):
        return _complain('berikan teks atau --jsonl BERKAS, misalnya: laksa route "lampu jalan mati"', 2)
    if args.text is not None and not args.text.strip():
        return _complain("teksnya kosong", 2)
    if args.jsonl is not None and args.place:
        return _complain("--place hanya untuk satu teks, bukan untuk --jsonl", 2)
    try:
        return _lines(Path(args.jsonl)) if args.jsonl is not None else _one(args)
    except TableError as error:
        return _complain(f"tabel tidak bisa dipakai: {error}", 1)


def _one(args: argparse.Namespace) -> int:
    from workflows.domain.intake.submission import LIMITS, MESSAGE_MAX
    from workflows.routing.decide import decide
    from workflows.routing.model import Letter

    table = _table()
    place = _cut(args.place, LIMITS["place"], "--place: ")
    decision = decide(Letter(_cut(args.text, MESSAGE_MAX), place), table)
    _say(json.dumps(_whole(decision), ensure_ascii=False) if args.json else _in_words(decision, table))
    return 0


def _lines(path: Path) -> int:
    from workflows.routing.decide import decide

    try:
        content = path.read_bytes()
    except OSError as error:
        return _complain(f"{path}: {why_not(error)}", 2)
    table = _table()
    bad = 0
    for number, line in _numbered(content):
        try:
            letter = _letter(line, f"baris {number}: ")
        except ValueError as error:
            bad = _complain(f"baris {number}: {error}", 1)
            continue
        decision = decide(letter[1], table)
        _say(json.dumps({"id": letter[0]} | _short(decision), ensure_ascii=False))
    return bad


def _table() -> RoutingTable:
    """The table in force if Laksa has a store, else the shipped one: no store is created for a question."""
    from functions.app.container import container

    rt = container()
    return rt.table if rt.has_store else rt.tables.shipped.table


def _numbered(content: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _cut(text: str, most: int, where: str = "") -> str:
    """The text up to the form's limit; for a longer one a warning says that the rest was not read."""
    if len(text) > most:
        _complain(f"{where}hanya {most} dari {len(text)} huruf yang dibaca, sama seperti di formulir", 0)
    return text[:most]


def _letter(line: bytes, where: str) -> tuple[Any, Any]:
    """The id and the Letter of one line; ValueError says what is wrong with it."""
    from workflows.domain.intake.submission import MESSAGE_MAX
    from workflows.routing.model import Letter

    try:
        read = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("bukan UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("bukan JSON") from None
    if not isinstance(read, dict) or not isinstance(read.get("text"), str):
        raise ValueError('bukan objek dengan "id" dan "text" berisi kata-kata')
    if not isinstance(read.get("id"), str | int):
        raise ValueError('tidak ada "id"')
    return read["id"], Letter(_cut(read["text"], MESSAGE_MAX, where))


def _short(decision: Decision) -> dict[str, Any]:
    return {
        "opd": decision.opd,
        "also": list(decision.also),
        "top": [[code, score] for code, score in decision.top],
        "confident": decision.confident,
        "why": list(decision.why),
    }


def _whole(decision: Decision) -> dict[str, Any]:
    return _short(decision) | {
        "category": decision.category,
        "urgent": decision.urgent,
        "restricted": decision.restricted,
        "accuses": decision.accuses,
        "external": decision.external,
        "kind": decision.kind,
        "version": decision.version,
    }


def _in_words(decision: Decision, table: RoutingTable) -> str:
    from functions.views.shared.office_case import WORDS

    lines = [f"{_named(decision.opd, table)} – {decision.reason_public}"]
    lines.append(f"Jenis: {WORDS[decision.kind].lower()}")
    lines += ["Mendesak."] * decision.urgent + ["Terbatas."] * decision.restricted
    if decision.external:
        lines.append(f"Instansi: {table.institutions[decision.external].name}")
    if decision.accuses:
        lines.append(f"Yang dilaporkan: {_named(decision.accuses, table)}")
    if decision.also:
        lines.append("Juga mungkin: " + ", ".join(_named(code, table) for code in decision.also))
    if not decision.confident:
        lines.append("Belum yakin: lewat meja operator, dengan pilihan")
        lines += [f"  {_named(code, table)}" for code, _ in decision.suggestions()[:3]]
    return "\n".join([*lines, "Alasan:", *(f"  {why}" for why in decision.why), f"Tabel {decision.version}"])


def _named(code: str, table: RoutingTable) -> str:
    if code == "KEC":
        return "Kecamatan (belum diketahui)"
    department = table.departments.get(code)
    return department.name if department else code


def _say(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"laksa route: {message}\n")
    return code
