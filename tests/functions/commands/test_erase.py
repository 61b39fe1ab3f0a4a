"""`laksa erase`: what it lists, what it asks for before it erases, and how it ends."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from tests.builders import TICKET, complaint
from tests.workflows.personal import SAID, SENT, WHO, found
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


@pytest.mark.parametrize("typed", [TICKET, TICKET.lower(), TICKET.replace("-", "")])
def test_an_open_case_loses_who_wrote_it_and_goes_on(case: World, typed: str, tmp_path: Path) -> None:
    assert main(["erase", typed, "--yes"]) == 0
    assert (case.case().state, case.store.get(REPORTERS, TICKET)) == (State.IN_PROGRESS, None)
    assert found(tmp_path, WHO) == []
    assert found(tmp_path, ("seminggu tidak diangkut",))


def test_a_finished_case_goes_whole(finished: World, tmp_path: Path) -> None:
    assert main(["erase", TICKET, "--yes"]) == 0
    assert finished.case().state == State.CLOSED
    assert found(tmp_path, WHO + SAID) == []


def test_an_open_case_goes_whole_where_that_is_asked_for(case: World, tmp_path: Path) -> None:
    assert main(["erase", TICKET, "--whole", "--yes"]) == 0
    assert case.case().state == State.WITHDRAWN
    assert found(tmp_path, WHO + SAID) == []


def test_what_is_erased_is_erased_and_ends_with_0(finished: World, capsys: Captured) -> None:
    main(["erase", TICKET, "--yes"])
    after = finished.everything()
    capsys.readouterr()
    for more in ([], ["--yes"], ["--whole", "--yes"]):
        assert main(["erase", TICKET, *more]) == 0
        assert capsys.readouterr() == (f"{TICKET}: tidak ada lagi yang perlu dihapus.\n", "")
    assert finished.everything() == after


@pytest.mark.parametrize("more", [[], ["--yes"]])
def test_neither_list_nor_end_names_person_or_word(finished: World, more: list[str], capsys: Captured) -> None:
    main(["erase", TICKET, *more])
    said = "".join(capsys.readouterr()).casefold()
    assert [word for word in WHO + SAID if word in said] == []


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


@pytest.mark.parametrize("words", [[], [TICKET, "--ledger"], [TICKET, "--replay"], ["--ledger", "--replay"]])
def test_used_wrongly_it_ends_with_2(laksa: World, words: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["erase", *words])
    assert (ended.value.code, len(capsys.readouterr().err.splitlines())) == (2, 1)


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


def test_what_lies_longer_than_its_time_is_stuck(finished: World, capsys: Captured) -> None:
    finished.clock.wait(days=380)
    assert main(["stuck"]) == 1
    assert f"Data pribadi lewat masa simpan: {TICKET}, sejak 2027-07-0" in capsys.readouterr().out
    main(["sweep"])
    assert main(["stuck"]) == 0
    assert container().clock is finished.clock
