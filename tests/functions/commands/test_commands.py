"""`laksa case`, `laksa stuck`, `laksa replay`: what they print, for people and machines, and how they end."""

from __future__ import annotations
import json
from datetime import timedelta

import pytest

from cli.main import main
from tests.builders import MONDAY, TICKET, complaint, wib
from tests.workflows.world import World
from workflows.collection_names import COMPLAINTS, NOTICES, REPORTERS
from workflows.domain.complaint.model import State
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.records import queries

Captured = pytest.CaptureFixture[str]
OLD = MONDAY - timedelta(hours=1)
UNKNOWN = "LKS-0000-0000-0"


def put_letter(laksa: World, id: str, **fields: object) -> None:
    shape = {"created_at": OLD, "next_try_at": MONDAY + timedelta(hours=1), **fields}
    notice = Notice(id, TICKET, 1, "new_case", "department", "DLH", assignment_no=1, **shape)  # type: ignore[arg-type]
    laksa.store.transact(lambda tx: tx.create(NOTICES, id, notice.to_document()))


@pytest.fixture
def troubled(laksa: World) -> World:
    """One thing of each kind that is stuck."""
    laksa.put(complaint(State.IN_PROGRESS))
    laksa.store.transact(lambda tx: tx.update(COMPLAINTS, TICKET, {"next_check_at": OLD}))
    put_letter(laksa, "late", attempts=4, last_error="451 try later")
    put_letter(laksa, "refused", state=NoticeState.FAILED, next_try_at=None, last_error="550 no such user")
    queries.record_dead_letter(laksa.services, "complaint.due", {"ticket": TICKET}, "answered 500")
    return laksa


def said(capsys: Captured) -> str:
    """What went to standard output; nothing went to standard error."""
    out, err = capsys.readouterr()
    assert not err
    return out


def complained(capsys: Captured) -> str:
    """The one line on standard error; nothing went to standard output."""
    out, err = capsys.readouterr()
    assert not out
    (line,) = err.splitlines()
    assert line.startswith("laksa: ")
    return line


def test_where_nothing_is_stuck_it_says_so_and_ends_with_0(laksa: World, capsys: Captured) -> None:
    assert main(["stuck"]) == 0
    assert said(capsys) == "Tidak ada yang macet.\n"


def test_everything_stuck_is_one_line_each_and_by_kind_for_machines(troubled: World, capsys: Captured) -> None:
    assert main(["stuck"]) == 1
    assert [line.split(", ")[0] for line in said(capsys).splitlines()] == [
        f"Alarm tidak diperiksa: {TICKET} (in_progress)",
        "Belum terkirim: late",
        "Gagal terkirim: refused",
        f"Pesan mati: complaint.due {{'ticket': '{TICKET}'}}",
    ]
    main(["stuck"])
    assert "Belum terkirim: late, dicoba 4 kali, 451 try later\n" in said(capsys)
    assert main(["stuck", "--json"]) == 1
    found = json.loads(said(capsys))
    assert {kind: len(items) for kind, items in found.items()} == {
        "unreadable": 0,
        "overdue": 0,
        "alarms": 1,
        "unsent": 1,
        "failed": 1,
        "mails": 0,
        "unerased": 0,
        "unasked": 0,
        "dead_letters": 1,
        "calendar": 0,
    }
    assert (found["unsent"][0]["attempts"], found["failed"][0]["last_error"]) == (4, "550 no such user")


def test_a_year_without_a_decree_is_stuck_too(laksa: World, capsys: Captured) -> None:
    laksa.clock.go_to(wib("2027-11-01 09:00"))
    assert main(["stuck"]) == 1
    assert "cuti bersama 2028" in said(capsys)
    assert main(["stuck", "--json"]) == 1
    assert json.loads(said(capsys))["calendar"] == [{"year": 2028}]


def test_replay_queues_what_failed_and_forgets_dead_letters(troubled: World, capsys: Captured) -> None:
    assert main(["replay"]) == 0
    assert said(capsys).startswith("3 ")
    letter = troubled.store.get(NOTICES, "refused")
    assert letter and (letter["state"], letter["next_try_at"]) == (NoticeState.QUEUED, MONDAY)
    late = troubled.store.get(NOTICES, "late")
    assert late and (late["attempts"], late["next_try_at"]) == (4, MONDAY)
    assert main(["replay", "--json"]) == 0
    assert json.loads(said(capsys)) == {"replayed": 0}


@pytest.fixture
def case(laksa: World) -> World:
    """A case at DLH with its letters, and somebody who wrote it."""
    laksa.put(complaint(State.ASSIGNED))
    put_letter(laksa, "first")
    person = {"name": "Siti", "email": "siti@contoh.example", "phone": "", "lang": "id", "contact": True}
    laksa.store.transact(lambda tx: tx.create(REPORTERS, TICKET, person))
    return laksa


@pytest.mark.parametrize("typed", [TICKET, TICKET.lower(), f" {TICKET.replace('-', '')} "])
def test_a_case_is_shown_whole_however_its_number_is_typed(case: World, typed: str, capsys: Captured) -> None:
    assert main(["case", typed, "--json"]) == 0
    shown = json.loads(said(capsys))
    assert (shown["complaint"]["ticket"], shown["complaint"]["state"]) == (TICKET, State.ASSIGNED)
    assert [notice["id"] for notice in shown["notices"]] == ["first"]
    assert shown["timeline"] == []


def test_a_case_for_people_is_the_same_over_lines_and_names_nobody(case: World, capsys: Captured) -> None:
    main(["case", TICKET, "--json"])
    for_machines = said(capsys)
    main(["case", TICKET])
    for_people = said(capsys)
    assert json.loads(for_people) == json.loads(for_machines)
    assert (for_machines.count("\n"), for_people.count("\n") > 10) == (1, True)
    main(["case", TICKET])
    assert not {word for word in ("Siti", "siti@") if word in said(capsys)}


@pytest.mark.parametrize("typed", [UNKNOWN, "banjir", ""])
def test_a_number_of_no_case_is_one_line_and_ends_with_1(laksa: World, typed: str, capsys: Captured) -> None:
    assert main(["case", typed]) == 1
    assert complained(capsys) == "laksa: no case of that number"


COMMANDS = (["stuck"], ["replay"], ["case", TICKET])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_silent_store_is_one_line_and_ends_with_1(laksa: World, command: list[str], capsys: Captured) -> None:
    laksa.store.close()
    assert main(command) == 1
    assert "StoreUnavailable" in complained(capsys)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_wrong_setting_is_one_line(
    laksa: World, monkeypatch: pytest.MonkeyPatch, command: list[str], capsys: Captured
) -> None:
    from functions.app.container import container

    container.cache_clear()
    monkeypatch.setenv("LAKSA_STACK", "clay")
    assert main(command) == 2
    assert "LAKSA_STACK" in complained(capsys)
