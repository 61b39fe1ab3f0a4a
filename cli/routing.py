"""`laksa routing`: check a routing table, put it into force, take it back, show it, export it. Also reads and
writes the files of a table on disk.
"""

from __future__ import annotations
import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from errno import EEXIST
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.app.data_folder import STORE
from functions.app.spreadsheets import for_excel
from functions.views.shared.rendering import plain_moment
from workflows.adapters.local_files import OWNER_ONLY
from workflows.errors import TableNotChanged

if TYPE_CHECKING:
    from functions.app.container import Container
    from functions.app.table_check import Examined


_WHY_NOT = (
    (FileNotFoundError, "berkas atau folder ini tidak ada"),
    (PermissionError, "tidak boleh dibaca"),
    (IsADirectoryError, "ini folder, bukan berkas"),
)


class NoSuchFile(ValueError):
    """A path that is neither a file nor a table's folder; the message names it."""


def read_given(paths: Iterable[str]) -> dict[str, bytes]:
    """Bytes by file name; a folder stands for its CSV files. NoSuchFile, also when a name appears twice."""
    given: dict[str, bytes] = {}
    for path in (file for named in paths for file in _files(Path(named))):
        if path.name in given:
            raise NoSuchFile(f"{path.name} diberikan dua kali")
        try:
            given[path.name] = path.read_bytes()
        except OSError as error:
            raise NoSuchFile(f"{path}: {why_not(error)}") from error
    return given


def why_not(error: OSError) -> str:
    """Why a file cannot be read, in Indonesian for the usual reasons."""
    return next((why for kind, why in _WHY_NOT if isinstance(error, kind)), error.strerror or str(error))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    inside = sorted(path.glob("*.csv"))
    if not inside:
        raise NoSuchFile(f"{path}: tidak ada berkas CSV di folder ini; simpan lembar kerja sebagai “CSV UTF-8”")
    yield from inside


def write_files(folder: Path, texts: Mapping[str, str], excel: bool) -> None:
    """Write the table's files into a folder, which is created if missing; FileExistsError before anything is
    overwritten.
    """
    contents = {name: (for_excel(text) if excel else text).encode() for name, text in texts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        if (folder / name).exists() and (folder / name).read_bytes() != content:
            raise FileExistsError(EEXIST, "isinya sudah lain; tidak ada yang ditulis", str(folder / name))
    for name, content in contents.items():
        (folder / name).write_bytes(content)


_ABOUT = "The routing table is a set of CSV files (docs/routing-table.md). Only the files that are given are replaced."


def add_parser(subparsers: Any) -> None:
    """Declare the command and its subcommands."""
    parser = subparsers.add_parser(
        "routing", help="check a routing table, put it into force, take it back", description=_ABOUT
    )
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    check = _act(acts, "check", _check, "is this routing table sound, and which of the last complaints would it move?")
    check.add_argument("files", nargs="+", metavar="FILE", help="files of the table, or a folder of them")
    check.add_argument("--replay", type=_count, default=200, metavar="N", help="try it on the last N complaints")
    put = _act(acts, "import", _import, "check it and put it into force as a new version")
    put.add_argument("files", nargs="*", metavar="FILE", help="files of the table, or a folder of them")
    put.add_argument("--rollback", action="store_true", help="as laksa routing rollback")
    _act(acts, "rollback", _rollback, "put the version before the one in force back into force")
    _act(acts, "show", _show, "which version is in force, and which were before it")
    export = _act(acts, "export", _export, "write the files in force into a folder, to be edited")
    export.add_argument("folder", metavar="FOLDER", help="a new folder for the files")
    export.add_argument("--excel", action="store_true", help="with semicolons, for Excel in Indonesian")


def _act(acts: Any, name: str, run: Any, help: str) -> Any:
    parser = acts.add_parser(name, help=help)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=lambda args: _rightly(run, args))
    return parser


def _rightly(run: Any, args: argparse.Namespace) -> int:
    """The exit status: 0 fine, 1 a mistake was found, 2 wrong usage or no such file."""
    try:
        return int(run(args))
    except NoSuchFile as error:
        return _complain(str(error), 2)
    except TableNotChanged as error:
        from functions.views.desk.table_pages import not_changed

        return _complain(not_changed(error), 1)


def _count(typed: str) -> int:
    if not typed.isdigit():
        raise argparse.ArgumentTypeError(f"“{typed}” bukan angka")
    return int(typed)


def _check(args: argparse.Namespace) -> int:
    from functions.app.container import container
    from functions.app.table_check import examine, replayed
    from functions.views.desk import table_report as report

    examined = examine(container(), read_given(args.files))
    compared = None if examined.errors or not args.replay else replayed(container(), examined, args.replay)
    if args.json:
        document = report.report_as_json(examined.findings) | report.changes_for_machines(examined)
        document["replay"] = None if compared is None else report.replay_for_machines(compared)
        _say_json({"version": None if examined.errors else examined.version} | document)
    else:
        _say(report.in_words(examined.findings))
        _say([] if examined.errors else report.changes_in_words(examined.changed, examined.addresses))
        _say([] if compared is None else report.replay_in_words(compared))
    return 1 if examined.errors else 0


def _import(args: argparse.Namespace) -> int:
    if args.rollback == bool(args.files):
        return _complain("berikan BERKAS… atau --rollback, salah satu saja", 2)
    if args.rollback:
        return _rollback(args)
    from functions.app.table_check import examine, tables_of
    from workflows.routing.stored import current_version
    from workflows.tables.change import install
    from workflows.tables.versions import COMMAND

    rt = _opened()
    if rt is None:
        return 1
    before = current_version(rt.store)
    examined = examine(rt, read_given(args.files))
    if examined.errors:
        return _refused(args, examined)
    new = bool(examined.changed) and install(tables_of(rt), examined.files, before.version, examined.upload(COMMAND))
    return _told_import(args, rt, examined, not new)


def _refused(args: argparse.Namespace, examined: Examined) -> int:
    from functions.views.desk import table_report as report

    if args.json:
        _say_json(report.report_as_json(examined.findings) | {"imported": False})
    else:
        _say([*report.in_words(examined.findings), "Tidak ada yang diberlakukan."])
    return 1


def _told_import(args: argparse.Namespace, rt: Container, examined: Examined, same: bool) -> int:
    from functions.views.desk import table_report as report
    from workflows.routing.stored import current_version

    now = current_version(rt.store)
    previous = now.before[-1] if now.before else None
    if args.json:
        document = {"version": now.version, "previous": previous, "since": now.since, "imported": not same}
        _say_json(report.report_as_json(examined.findings) | report.changes_for_machines(examined) | document)
    elif same:
        _say([f"{_name(now.version, rt)} sudah berlaku; tidak ada yang berubah."])
    else:
        _say([*map(str, examined.findings), *report.changes_in_words(examined.changed, examined.addresses)])
        _say([f"{_name(now.version, rt)} berlaku mulai sekarang, menggantikan {_name(previous or '', rt)}."])
    return 0


def _rollback(args: argparse.Namespace) -> int:
    from functions.app.table_check import tables_of
    from workflows.routing.stored import current_version
    from workflows.tables.change import return_to_previous

    rt = _opened()
    if rt is None:
        return 1
    held = current_version(rt.store)
    version = return_to_previous(tables_of(rt), held)
    if args.json:
        _say_json({"version": version or None, "taken_back": held.version})
    else:
        _say([f"{_name(version, rt)} berlaku lagi; {_name(held.version, rt)} ditarik kembali."])
    return 0


def _show(args: argparse.Namespace) -> int:
    from functions.app.container import container
    from functions.views.desk.table_report import state_as_json, state_now

    rt = container()
    state = state_now(rt)
    if args.json:
        _say_json(state_as_json(state))
        return 0
    held = state.held
    since = f", sejak {plain_moment(held.since)}" if held.since else ""
    _say([f"Berlaku: {_name(held.version, rt)}{since}"])
    _say([f"Sebelumnya: {_name(version, rt)}" for version in reversed(held.before)])
    _say([f"Pernah dimasukkan: {v.version}, {plain_moment(v.made_at)}" for v in state.known])
    return 0


def _export(args: argparse.Namespace) -> int:
    pass
    from functions.app.container import container
    from functions.app.table_check import base_of

    texts = base_of(container()).texts
    write_files(Path(args.folder), texts, args.excel)
    if args.json:
        _say_json({"folder": args.folder, "files": sorted(texts)})
    else:
        _say([f"{len(texts)} berkas ditulis ke {args.folder}."])
    return 0


def _opened() -> Container | None:
    """The container with the store of an existing data folder; None for a misspelt one, which must not get a
    table.
    """
    from functions.app.container import container

    rt = container()
    if not rt.has_store:
        if not rt.settings.data.is_dir():
            _complain(f"tidak ada folder {rt.settings.data}; apakah LAKSA_DATA sudah benar?", 1)
            return None
        (rt.folder / STORE).touch(mode=OWNER_ONLY)
    return rt


def _name(version: str, rt: Container) -> str:
    from functions.views.desk.table_pages import SHIPPED_NAME

    return f"Tabel {version}" if version else f"{SHIPPED_NAME} ({rt.tables.shipped.table.version})"


def _say(lines: Iterable[str]) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _say_json(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=plain_moment) + "\n")


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"laksa routing: {message}\n")
    return code
