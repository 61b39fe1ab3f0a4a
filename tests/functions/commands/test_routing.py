"""`laksa routing`: a civil servant exports, edits, checks, imports and takes back; machines read the same."""

from __future__ import annotations
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from functions.app.container import container
from tests.builders import complaint, held
from tests.workflows.world import World, table
from workflows.collection_names import COMPLAINTS, ROUTING
from workflows.domain.complaint.model import State
from workflows.ports import Document, Query
from workflows.routing.load import FOLDER, read_files
from workflows.routing.route_complaint import route
from workflows.routing.stored import CURRENT, current_version, pack

pytestmark = pytest.mark.slow

Captured = pytest.CaptureFixture[str]
FILES = read_files(FOLDER)
CHANGED = {"file": "categories.csv", "added": 1, "removed": 1, "reordered": False}
LAMP = "Lampu jalan di depan musala mati sudah tiga malam, gelap sekali."


@pytest.fixture
def folder(tmp_path: Path, capsys: Captured) -> Path:
    """An exported table, to be edited."""
    path = tmp_path / "tabel"
    assert main(["routing", "export", str(path)]) == 0
    capsys.readouterr()
    return path


def edit(folder: Path, name: str, old: str, new: str) -> str:
    """Change words of one file; its path."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder / name)


def lamps_to_perkim(folder: Path) -> str:
    return edit(folder, "categories.csv", "new light request,DISHUB", "new light request,PERKIM")


def said(capsys: Captured) -> str:
    out, err = capsys.readouterr()
    assert not err
    return out


def document(capsys: Captured) -> Any:
    return json.loads(said(capsys))


def complained(capsys: Captured) -> str:
    out, err = capsys.readouterr()
    assert not out
    (line,) = err.splitlines()
    return line


def routed(laksa: World) -> str:
    """A complaint about a lamp, decided by the shipped table; its ticket."""
    laksa.put(complaint().evolve(text=LAMP))
    route(laksa.services, complaint().ticket, table())
    return complaint().ticket


def test_an_export_for_excel_is_the_same_table(laksa: World, tmp_path: Path, capsys: Captured) -> None:
    assert main(["routing", "export", str(tmp_path / "x"), "--excel"]) == 0
    head = (tmp_path / "x" / "exceptions.csv").read_bytes().split(b"\r\n")[0]
    assert head == "\ufeffcategory;phrase;opd;external;kecamatan".encode()
    capsys.readouterr()
    assert main(["routing", "import", str(tmp_path / "x")]) == 0
    assert "sudah berlaku; tidak ada yang berubah" in said(capsys)


def test_an_export_overwrites_nothing_that_was_edited(laksa: World, folder: Path, capsys: Captured) -> None:
    lamps_to_perkim(folder)
    before = (folder / "categories.csv").read_bytes()
    assert main(["routing", "export", str(folder)]) == 1
    assert "isinya sudah lain" in complained(capsys)
    assert (folder / "categories.csv").read_bytes() == before


def test_a_sound_table_is_checked_with_what_it_changes(laksa: World, folder: Path, capsys: Captured) -> None:
    ticket = routed(laksa)
    assert main(["routing", "check", lamps_to_perkim(folder)]) == 0
    assert said(capsys).splitlines() == [
        "0 kesalahan, 0 peringatan.",
        "Dibanding tabel yang berlaku:",
        "  categories.csv: 1 baris baru, 1 baris hilang",
        "Dicoba pada 1 laporan terakhir:",
        f"  {ticket}: DISHUB (langsung) → PERKIM (langsung)",
        "  1 berubah (1 pindah OPD), 0 tetap",
        "  langsung ke OPD: 1 → 1; lewat meja: 0 → 0",
    ]
    assert current_version(laksa.store).version == ""


def test_a_check_for_machines_says_the_same(laksa: World, folder: Path, capsys: Captured) -> None:
    ticket = routed(laksa)
    lamps_to_perkim(folder)
    assert main(["routing", "check", str(folder), "--json"]) == 0
    told = document(capsys)
    assert (told["errors"], told["changes"]) == ([], [CHANGED])
    assert told["replay"] == {
        "complaints": 1,
        "moved": [
            {
                "ticket": ticket,
                "old": {"opd": "DISHUB", "external": None, "confident": True},
                "new": {"opd": "PERKIM", "external": None, "confident": True},
            }
        ],
    }


def test_the_order_of_rows_is_a_change_that_is_stored(laksa: World, folder: Path, capsys: Captured) -> None:
    head, *rows = (folder / "exceptions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    first, second = "pju_mati,lampu gapura,PERKIM,,\n", "pju_mati,gapura,DISPORA,,\n"
    (folder / "exceptions.csv").write_text("".join((head, first, second, *rows)), encoding="utf-8")
    assert main(["routing", "import", str(folder)]) == 0
    before = current_version(laksa.store).version
    (folder / "exceptions.csv").write_text("".join((head, *rows, first, second)), encoding="utf-8")
    capsys.readouterr()
    assert main(["routing", "check", str(folder)]) == 0
    assert "  exceptions.csv: urutan berubah" in said(capsys).splitlines()
    assert main(["routing", "import", str(folder)]) == 0
    assert "exceptions.csv: urutan berubah" in said(capsys)
    assert current_version(laksa.store).version not in ("", before)


@pytest.mark.parametrize("replay", ["0", "5"])
def test_the_number_of_tried_complaints_is_chosen(laksa: World, folder: Path, replay: str, capsys: Captured) -> None:
    routed(laksa)
    assert main(["routing", "check", lamps_to_perkim(folder), "--replay", replay]) == 0
    out = said(capsys)
    assert ("Dicoba pada 1 laporan" in out) == (replay == "5")
    assert "musala" not in out


def test_a_mistake_ends_with_1_its_place_and_no_import(laksa: World, folder: Path, capsys: Captured) -> None:
    path = edit(folder, "exceptions.csv", "banjir,perahu,BPBD", "banjir,perahu,BPDB")
    line = 'exceptions.csv:7:3 (kolom opd): kode "BPDB" tidak dikenal – maksudnya BPBD?'
    assert main(["routing", "check", path]) == 1
    assert said(capsys).splitlines() == [line, "1 kesalahan, 0 peringatan."]
    assert main(["routing", "import", path]) == 1
    assert said(capsys).splitlines() == [line, "1 kesalahan, 0 peringatan.", "Tidak ada yang diberlakukan."]
    assert main(["routing", "import", path, "--json"]) == 1
    told = document(capsys)
    assert (told["imported"], told["errors"][0]["proposal"]) == (False, "maksudnya BPBD?")
    assert laksa.store.query(Query(ROUTING)) == []


def test_the_same_import_again_says_so_and_changes_nothing(laksa: World, folder: Path, capsys: Captured) -> None:
    path = lamps_to_perkim(folder)
    main(["routing", "import", path])
    before = laksa.store.query(Query(ROUTING))
    laksa.clock.wait(hours=1)
    capsys.readouterr()
    assert main(["routing", "import", path, "--json"]) == 0
    told = document(capsys)
    assert (told["imported"], told["version"]) == (False, current_version(laksa.store).version)
    assert laksa.store.query(Query(ROUTING)) == before


@pytest.mark.parametrize("words", [["rollback"], ["import", "--rollback"]])
def test_at_the_first_table_nothing_can_be_taken_back(laksa: World, words: list[str], capsys: Captured) -> None:
    assert main(["routing", *words]) == 1
    assert "tidak ada yang bisa ditarik kembali" in complained(capsys)


def test_import_rollback_is_rollback(laksa: World, folder: Path, capsys: Captured) -> None:
    main(["routing", "import", lamps_to_perkim(folder)])
    version = current_version(laksa.store).version
    capsys.readouterr()
    assert main(["routing", "import", "--rollback", "--json"]) == 0
    assert document(capsys) == {"version": None, "taken_back": version}


def test_show_names_the_table_in_force_and_those_before_it(laksa: World, folder: Path, capsys: Captured) -> None:
    assert main(["routing", "show"]) == 0
    assert said(capsys).startswith("Berlaku: tabel bawaan Laksa (")
    main(["routing", "import", lamps_to_perkim(folder)])
    capsys.readouterr()
    assert main(["routing", "show", "--json"]) == 0
    told = document(capsys)
    assert (told["version"], told["shipped"], told["before"]) == (current_version(laksa.store).version, False, [""])
    assert [item["version"] for item in told["imported"]] == [told["version"]]


def test_a_department_with_complaints_is_not_dropped(laksa: World, folder: Path, capsys: Captured) -> None:
    row = "BARU,Dinas Baru,Baru,dinas,Kepala Dinas Baru,,,,\n"
    path = edit(folder, "departments.csv", "EXTERNAL,", row + "EXTERNAL,")
    assert main(["routing", "import", path]) == 0
    laksa.put(complaint(State.ASSIGNED, assignment=replace(held("DLH"), opd="BARU")))
    capsys.readouterr()
    assert main(["routing", "rollback"]) == 1
    assert complained(capsys).endswith("tidak ada di versi sebelumnya: BARU (1)")
    assert main(["routing", "import", edit(folder, "departments.csv", row, "")]) == 1
    assert "OPD BARU dihapus, padahal 1 laporan ada atas namanya" in said(capsys)
    laksa.store.transact(lambda tx: tx.delete(COMPLAINTS, complaint().ticket))
    assert main(["routing", "rollback"]) == 0


def test_a_unit_with_complaints_is_not_dropped(laksa: World, folder: Path, capsys: Captured) -> None:
    row = "DLH-TPA,DLH,UPT TPA Rawa Kucing,UPT TPA Rawa Kucing,upt,Kepala UPT TPA Rawa Kucing,,\n"
    laksa.put(complaint(State.ASSIGNED, assignment=held("DLH", unit="DLH-TPA")))
    path = edit(folder, "units.csv", row, "")
    assert main(["routing", "import", path]) == 1
    told = "units.csv:1:1: unit DLH-TPA dihapus, padahal 1 laporan ditugaskan kepadanya – kembalikan barisnya"
    assert said(capsys).splitlines()[0] == told
    laksa.store.transact(lambda tx: tx.delete(COMPLAINTS, complaint().ticket))
    assert main(["routing", "import", path]) == 0
    assert container().directory.unit("DLH-TPA") is None


def test_one_file_can_be_imported_over_a_unitless_table(laksa: World, folder: Path, capsys: Captured) -> None:
    old = stored_before_units(laksa)
    path = edit(folder, "danger.csv", "kebakaran", "kebakaran besar")
    assert main(["routing", "import", path, "--json"]) == 0
    told = document(capsys)
    assert (told["errors"], told["previous"], told["imported"]) == ([], old, True)
    assert len(container().directory.units_of("KEC-BENDA")) == 5
    assert container().directory.units_of("DISPORA") == ()
    assert main(["routing", "rollback"]) == 0
    assert (current_version(laksa.store).version, len(container().directory.units_of("KEC-BENDA"))) == (old, 5)


def stored_before_units(laksa: World) -> str:
    """A version in force that an earlier Laksa stored: it knows no units, and had dropped DISPORA; its name."""

    def kept(name: str) -> str:
        return "".join(line for line in FILES[name].splitlines(keepends=True) if "DISPORA" not in line)

    files = {name: text for name, text in FILES.items() if name != "units.csv"}
    files |= {name: kept(name) for name in ("departments.csv", "exceptions.csv", "accusations.csv")}
    files |= {"categories.csv": FILES["categories.csv"].replace("DISPORA", "DISDIK")}
    made: Document = {"blob": pack(files), "made_at": laksa.clock.now(), "previous": ""}
    laksa.store.transact(lambda tx: tx.create(ROUTING, "earlier", made))
    now: Document = {"version": "earlier", "since": laksa.clock.now(), "before": [""]}
    laksa.store.transact(lambda tx: tx.set(ROUTING, CURRENT, now))
    return "earlier"


@pytest.mark.parametrize(
    "words",
    [
        ["check", "tidak-ada.csv"],
        ["check", "."],
        ["import"],
        ["import", "a.csv", "--rollback"],
        ["import", "tidak-ada"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(
    laksa: World, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["routing", *words]) == 2
    assert complained(capsys).startswith("laksa routing: ")


def test_a_file_given_twice_is_wrong_use(laksa: World, folder: Path, capsys: Captured) -> None:
    assert main(["routing", "check", str(folder), str(folder / "phrases.csv")]) == 2
    assert "diberikan dua kali" in complained(capsys)


@pytest.mark.parametrize("words", [["routing"], ["routing", "check"], ["routing", "check", "a", "--replay", "x"]])
def test_what_argparse_refuses_ends_with_2_too(laksa: World, words: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_without_a_store_the_shipped_table_is_checked_and_none_is_made(
    laksa: World, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    away = tmp_path / "salah-ketik"
    monkeypatch.setenv("LAKSA_DATA", str(away))
    container.cache_clear()
    assert main(["routing", "check", lamps_to_perkim(folder)]) == 0
    assert "Belum ada laporan untuk dicoba." in said(capsys)
    assert main(["routing", "import", str(folder)]) == 1
    assert "apakah LAKSA_DATA sudah benar?" in complained(capsys)
    assert not away.exists()


def test_a_table_can_be_imported_before_the_first_start(
    laksa: World, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    fresh = tmp_path / "baru"
    fresh.mkdir()
    monkeypatch.setenv("LAKSA_DATA", str(fresh))
    container.cache_clear()
    assert main(["routing", "import", lamps_to_perkim(folder)]) == 0
    assert (fresh / "laksa.db").stat().st_mode & 0o077 == 0
    container().store.close()  # type: ignore[attr-defined]
