"""The desk's board: what stands on it, many cases assigned at once, and ten minutes to take one back."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, complaint
from tests.workflows.world import World
from workflows.desk import board, one_complaint
from workflows.desk.board_link import renew
from workflows.domain.actions.bulk_assign import MOST, Choice, read_choices
from workflows.domain.actions.desk import DeskAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.notifications.notice import NoticeState
from workflows.errors import BoardExpired, Forbidden, InvalidInput, LinkSuperseded, UndoOver
from workflows.office import case_list, casework
from workflows.office.digest import department_morning
from workflows.pagination import encode_cursor
from workflows.records import queries
from workflows.urls import SHIFT, board_path

pytestmark = pytest.mark.slow


HERE = "36.71.01.1003"


def ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def waiting(number: int, minutes: int = 0, **fields: Any) -> Complaint:
    since = MONDAY - timedelta(minutes=minutes)
    return complaint(State.AT_DESK, ticket=ticket(number), **{"desk_since": since, **fields})


def link(world: World) -> str:
    return world.services.links.board_token(world.clock.now() + timedelta(hours=24))


def seen(world: World, after: str = "") -> board.Board:
    return board.open_board(world.services, link(world), after)


def chosen(**to: str) -> tuple[Choice, ...]:
    """Choices for cases by their number, as the board shows them at first: n1="DLH"."""
    return read_choices({f"to.{ticket(int(n[1:]))}.0": code for n, code in to.items()})


def assign(world: World, **to: str) -> tuple[board.Row, ...]:
    return board.assign(world.services, link(world), chosen(**to))


def undo(world: World, number: int, assignment_no: int = 1) -> Transition | None:
    return board.undo(world.services, link(world), f"{ticket(number)}.{assignment_no}")


def mailed(world: World) -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in world.postman.mails]


@pytest.fixture
def three(world: World) -> World:
    """Three cases that wait, the second in danger."""
    world.put(waiting(1, 60), waiting(2, urgent=True), waiting(3, 90))
    return world


# What stands on it


def test_danger_stands_on_top_of_every_page_then_what_waited_longest(three: World) -> None:
    board = seen(three)
    assert [case.ticket for case in board.cases] == [ticket(2), ticket(3), ticket(1)]
    grants = [three.services.links.read_case_token(path.removeprefix("/meja/")) for path in board.paths]
    assert [(grant.ticket, grant.role) for grant in grants] == [(case.ticket, "desk") for case in board.cases]
    assert (board.morning.waiting_total, board.first, board.next) == (3, True, "")
    for page in (seen(three), seen(three, encode_cursor(False, MONDAY, ticket(1)))):
        ((case, path),) = page.danger
        assert case.ticket == ticket(2)
        assert three.services.links.read_case_token(path.removeprefix("/meja/")).ticket == ticket(2)


def test_it_leads_page_by_page_to_every_case_once(world: World) -> None:
    many = MOST + 7
    world.put(*(waiting(n, n % 5, urgent=n % 3 == 0) for n in range(many)))
    first = seen(world)
    second = seen(world, first.next)
    assert [len(board.cases) for board in (first, second)] == [MOST, 7]
    assert len({case.ticket for board in (first, second) for case in board.cases}) == many
    assert (second.first, second.next) == (False, "")
    assert all(case.urgent for case in first.cases[: many // 3])


def test_it_gathers_what_the_morning_letter_tells(world: World) -> None:
    world.put(complaint(State.ASSIGNED, ticket=ticket(1), urgent=True, call_by=MONDAY))
    queries.record_dead_letter(world.services, "notice-due", {"notice": "x"})
    board = seen(world)
    assert [case.ticket for case in board.morning.calls] == [ticket(1)]
    assert len(board.calls) == 1
    assert board.morning.dead == queries.DeadLetters(1, MONDAY)
    assert board.morning.count == 2


# Its link


@pytest.mark.parametrize("minute", [0, 1, 59])
def test_letter_and_board_name_the_same_end(world: World, minute: int) -> None:
    world.clock.wait(minutes=minute, seconds=5)
    path, until = board_path(world.services)
    assert board.open_board(world.services, path.removeprefix("/papan/")).until == until


def test_an_old_link_mails_a_new_one_to_the_desk_alone_and_once_an_hour(world: World) -> None:
    token = world.services.links.board_token(MONDAY - timedelta(days=9))
    for _ in range(2):
        renew(world.services, token)
        world.work()
    assert [mail.to for mail in world.postman.mails] == ["meja@laksa.example"]
    with pytest.raises(BoardExpired) as over:
        board.open_board(world.services, token)
    assert over.value.renewed_at == MONDAY
    newer = world.postman.mails[0].text.removeprefix("/papan/")
    assert board.open_board(world.services, newer).until == MONDAY + SHIFT
    world.clock.wait(hours=1)
    renew(world.services, token)
    world.work()
    assert len(world.postman.mails) == 2
    with pytest.raises(Forbidden):
        renew(world.services, world.token(role="desk"))


def test_no_other_link_opens_it_and_it_opens_no_case(three: World) -> None:
    for token in (three.token(role="desk"), three.services.links.list_token("DLH", MONDAY), "x" * 40):
        with pytest.raises(Forbidden):
            board.open_board(three.services, token)
        with pytest.raises(Forbidden):
            board.assign(three.services, token, chosen(n1="DLH"))
    token = board_path(three.services)[0].removeprefix("/papan/")
    with pytest.raises(Forbidden):
        one_complaint.open_case(three.services, token)


# Assigning many


def test_many_are_assigned_each_with_one_line_of_its_timeline(three: World) -> None:
    rows = assign(three, n1="DLH", n3="PUPR")
    assert [(row.complaint.ticket, row.complaint.opd, row.open) for row in rows] == [
        (ticket(3), "PUPR", True),
        (ticket(1), "DLH", True),
    ]
    assert [entry.event for entry in three.timeline(ticket(1))] == ["assigned"]
    assert three.case(ticket(2)).state == State.AT_DESK
    assert [case.ticket for case in seen(three).cases] == [ticket(2)]


def test_the_same_post_again_changes_nothing(three: World) -> None:
    assign(three, n1="DLH", n2="BPBD")
    before = three.everything()
    assert [row.open for row in assign(three, n1="DLH", n2="BPBD")] == [True, True]
    assert three.everything() == before


def test_two_operators_at_once_are_one_choice_a_case(three: World) -> None:
    offices = ["DLH", "PUPR", "DISHUB", "PERKIM"]
    with ThreadPoolExecutor(4) as pool:
        rows = [row for (row,) in pool.map(lambda opd: assign(three, n1=opd), offices)]
    assert sorted(row.open for row in rows) == [False, False, False, True]
    assert {row.complaint.opd for row in rows} == {next(row.choice.to for row in rows if row.open)}
    assert [entry.event for entry in three.timeline(ticket(1))] == ["assigned"]


def test_what_another_operator_was_faster_with_is_told_the_rest_goes_out(three: World) -> None:
    three.desk(DeskAct("reject", reason="thanks"), ticket(1))
    rows = assign(three, n1="DLH", n3="PUPR")
    assert [(row.complaint.state, row.open) for row in rows] == [(State.ASSIGNED, True), ("rejected", False)]


def test_an_accusation_the_desk_may_not_read_is_as_unknown_as_no_case(world: World) -> None:
    world.put(complaint(State.ASSIGNED, "INSPEKTORAT", ticket=ticket(1), decision={"desk": False}, restricted=True))
    told = []
    for number in (1, 2):
        with pytest.raises(InvalidInput) as refused:
            assign(world, **{f"n{number}": "DLH"})
        told.append(refused.value.errors[0].code)
        with pytest.raises(InvalidInput, match="case: not_on_board"):
            undo(world, number)
    assert told == ["not_on_board"] * 2


# Ten minutes to take it back


def test_meanwhile_it_stands_on_no_list_of_its_department(three: World) -> None:
    old = complaint(State.IN_PROGRESS, ticket=ticket(7), kelurahan=HERE)
    three.put(old, waiting(4, kelurahan=HERE))
    assign(three, n1="DLH", n4="DLH", n3="PUPR")

    def known() -> tuple[list[str], int, int, int]:
        token = three.services.links.list_token("DLH", three.clock.now() + timedelta(hours=1))
        listed, here = (case_list.open_list(three.services, token, area) for area in ("", HERE))
        new = department_morning(three.store, "DLH", MONDAY - timedelta(days=1), three.clock.now()).new
        return sorted(case.ticket for case in listed.cases), listed.counts.open, here.matching, new.total

    three.clock.wait(minutes=9)
    assert known() == ([ticket(7)], 1, 1, 0)
    three.clock.wait(minutes=1)
    assert known() == (sorted(ticket(n) for n in (1, 4, 7)), 3, 2, 2)


def test_taken_back_it_waits_again_and_no_letter_is_ever_sent(three: World) -> None:
    services, id = three.services, ticket(1)
    assign(three, n1="DLH")
    assert [case.ticket for case in seen(three).recent] == [id]
    assert undo(three, 1)
    assert (three.case(id).state, three.case(id).deadlines.desk_since) == (
        State.AT_DESK,
        MONDAY - timedelta(minutes=60),
    )
    assert {notice.state for notice in three.notices_of(id)} == {NoticeState.DROPPED}
    board = seen(three)
    assert ([case.ticket for case in board.cases][-1], board.recent) == (id, ())
    three.tick(hours=1)
    assert [mail for mail in mailed(three) if mail[1] in ("new_case", "assigned")] == []
    with pytest.raises(LinkSuperseded):
        casework.open_case(services, three.token(id, assignment_no=1))


def test_taking_it_back_again_changes_nothing_even_once_assigned_anew(three: World) -> None:
    assign(three, n1="DLH")
    undo(three, 1)
    assert undo(three, 1) is None
    choice = read_choices({f"to.{ticket(1)}.2": "PUPR"})
    assert board.assign(three.services, link(three), choice)[0].open
    before = three.everything()
    assert undo(three, 1) is None
    assert three.everything() == before
    three.tick(minutes=10)
    assert mailed(three) == [("pupr@opd.example", "new_case")]


@pytest.mark.parametrize("fields", [{"state": NoticeState.SENT}, {"attempts": 1}], ids=str)
def test_a_letter_that_a_sender_has_in_hand_is_not_taken_back(three: World, fields: dict[str, Any]) -> None:
    """The clocks of two machines differ: one sends while the other would still take back."""
    assign(three, n1="DLH")
    letter = next(notice for notice in three.notices_of(ticket(1)) if notice.role == "department")
    three.store.transact(lambda tx: tx.update("notices", letter.id, fields))
    with pytest.raises(UndoOver):
        undo(three, 1)
    assert three.case(ticket(1)).state == State.ASSIGNED


@pytest.mark.parametrize("reference", ["", "x", ticket(1), f"{ticket(9)}.1", f"{ticket(1)}.x"])
def test_what_names_no_assignment_takes_none_back(three: World, reference: str) -> None:
    assign(three, n1="DLH")
    with pytest.raises(InvalidInput, match="case: not_on_board"):
        board.undo(three.services, link(three), reference)
