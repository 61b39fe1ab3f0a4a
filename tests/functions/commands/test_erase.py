"""`laksa erase`: what it lists, what it asks for before it erases, and how it ends."""

from __future__ import annotations
import io
import json
from pathlib import Path

import pytest

from cli.main import main
from tests.builders import TICKET, complaint
from tests.workflows.personal import SENT, WHO, found
from tests.workflows.world import World
from workflows.citizen import intake
from workflows.collection_names import REPORTERS
from workflows.domain.complaint.model import State

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def case(laksa: World) -> World:
    """A case that DLH works on, and who wrote it."""
    laksa.put(complaint(State.IN_PROGRESS, text=SENT.message, place=SENT.place))
    laksa.store.transact(lambda tx: tx.create(REPORTERS, TICKET, intake.reporter(SENT)))
    return laksa


@pytest.fixture
def finished(case: World) -> World:
    case.put(case.case().evolve(state=State.CLOSED))
    return case


def told(capsys: Captured) -> dict[str, object]:
    out, err = capsys.readouterr()
    assert not err
    return dict(json.loads(out))


def test_without_yes_it_lists_what_is_held_erases_nothing_and_ends_with_1(case: World, capsys: Captured) -> None:
    before = case.everything()
    assert main(["erase", TICKET]) == 1
    out, err = capsys.readouterr()
    assert "data pelapor (nama, email, nomor HP): 1\n" in out
    assert out.endswith("Belum ada yang dihapus. Jalankan lagi dengan --yes.\n")
    assert (err, case.everything()) == ("", before)


def test_what_is_erased_is_erased_and_ends_with_0(finished: World, capsys: Captured) -> None:
    main(["erase", TICKET, "--yes"])
    after = finished.everything()
    capsys.readouterr()
    for more in ([], ["--yes"], ["--whole", "--yes"]):
        assert main(["erase", TICKET, *more]) == 0
        assert capsys.readouterr() == (f"{TICKET}: tidak ada lagi yang perlu dihapus.\n", "")
    assert finished.everything() == after


def test_machines_get_what_is_held_and_what_is_left(case: World, capsys: Captured) -> None:
    held = {"complaint": 1, "reporter": 1}
    assert main(["erase", TICKET, "--json"]) == 1
    listed = {"ticket": TICKET, "what": "contact", "held": held, "left": held, "erased": False}
    assert told(capsys) == listed
    assert main(["erase", TICKET, "--json", "--yes"]) == 0
    assert told(capsys) == listed | {"left": {}, "erased": True}


class Keyboard(io.StringIO):
    """Somebody sits there."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "status"), [("ya\n", 0), ("Ya\n", 0), ("tidak\n", 1), ("\n", 1), ("", 1)])
def test_a_person_is_asked_before(case: World, typed: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard(typed))
    assert main(["erase", TICKET]) == status
    assert (case.store.get(REPORTERS, TICKET) is None) == (status == 0)


def test_the_ledger_is_printed_and_followed_from_a_file(case: World, tmp_path: Path, capsys: Captured) -> None:
    main(["erase", TICKET, "--yes"])
    capsys.readouterr()
    assert main(["erase", "--ledger"]) == 0
    kept = tmp_path / "kept.jsonl"
    kept.write_text(capsys.readouterr().out, "utf-8")
    assert [json.loads(line)["ticket"] for line in kept.read_text("utf-8").splitlines()] == [TICKET]
    case.store.transact(lambda tx: tx.set(REPORTERS, TICKET, intake.reporter(SENT)))
    assert main(["erase", "--replay", str(kept), "--json"]) == 0
    assert told(capsys) == {"erased_again": 1, "unreadable": []}
    assert case.store.get(REPORTERS, TICKET) is None
    assert main(["erase", "--replay"]) == 0
    assert capsys.readouterr().out == "0 penghapusan diulang.\n"


def test_a_line_that_says_nothing_is_named_and_ends_with_1(case: World, tmp_path: Path, capsys: Captured) -> None:
    main(["erase", TICKET, "--yes"])
    kept = tmp_path / "kept.jsonl"
    kept.write_text('{"ticket": "LKS-\n\n', "utf-8")
    capsys.readouterr()
    assert main(["erase", "--replay", str(kept), "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {"erased_again": 0, "unreadable": [f"{kept}:1"]}
    assert err.splitlines()[-1].startswith(f"laksa: {kept}:1: ")


def test_a_sweep_erases_what_the_policy_has_kept_long_enough(finished: World, tmp_path: Path) -> None:
    finished.clock.wait(days=380)
    assert main(["sweep"]) == 0
    assert finished.store.get(REPORTERS, TICKET) is None
    assert found(tmp_path, WHO) == []
