"""The desk's board with one case of every kind, hostile texts among them, and every alarm there is."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from typing import Any

from functions.views.desk.board_page import board_page, preview_page
from functions.views.shared.context import Context
from tests.builders import RULES
from tests.views.list_cases import MORNING, cases
from tests.views.page_cases import ATTACK, DECISION, at_desk, context
from tests.views.phone_task_cases import page_of_tasks
from workflows.desk.board import Board, Row
from workflows.desk.morning import DeskMorning, Undelivered
from workflows.desk.phone_tasks import Backlog
from workflows.desk.unacknowledged import Silent
from workflows.domain.actions.bulk_assign import Choice, choose
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.privacy.data_request import ANSWER_WITHIN, COPY, CORRECTION, ERASURE, DataRequest
from workflows.errors import FieldError
from workflows.records.queries import DeadLetters

LIKELY: dict[str, Any] = DECISION | {
    "opd": "DISHUB",
    "top": [{"opd": "DISHUB", "score": 0.71}, {"opd": "PUPR", "score": 0.2}, {"opd": "DLH", "score": 0.004}],
    "why": [f"menyebut “lampu” {ATTACK}", "“lampu” +0,4 → Dishub"],
}
UNTIL = MORNING + timedelta(hours=22)
PATH = "/meja/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.7K3M9QXT4m1-abc"


def board_cases() -> dict[str, Complaint]:
    """Name → case, all of them waiting on MORNING."""
    likely = {"decision": LIKELY, "category": "pju_mati"}
    stories: dict[str, dict[str, Any]] = {
        "danger": likely | {"urgent": True, "desk_by": MORNING - timedelta(hours=1)},
        "likely": likely,
        "returned": likely | {"returned_by": "DISHUB"},
        "suspect": likely | {"quarantine": "honeypot"},
        "outside": {"decision": DECISION | {"opd": "EXTERNAL"}},
        "unknown": {"decision": None, "kelurahan": None},
        "restricted": likely | {"restricted": True, "category": "kdrt"},
    }
    return {
        name: at_desk().with_fields(**fields).complaint.evolve(ticket=new_ticket(n.to_bytes(5, "big")))
        for n, (name, fields) in enumerate(stories.items())
    }


CASES = board_cases()


def sent_off(case: Complaint, opd: str = "DLH") -> Complaint:
    """The same assigned from the board a minute ago."""
    change = choose(case, Choice("", case.ticket, opd), RULES, MORNING - timedelta(minutes=1))
    assert change
    return change.complaint


def board(*shown: Complaint, morning: DeskMorning | None = None, **fields: Any) -> Board:
    """A page of the board with those cases."""
    quiet = DeskMorning(calls=(), silent=(), undelivered=(), years=(), waiting_total=len(shown))
    made = morning or quiet
    page = Board(
        morning=made,
        calls=(PATH,) * len(made.calls),
        cases=shown,
        paths=(PATH,) * len(shown),
        recent=(),
        first=True,
        next="",
        until=UNTIL,
        silent={silent.opd: PATH for silent in made.silent if silent.case},
    )
    return replace(page, **fields)


def alarmed(total: int = 0) -> DeskMorning:
    """A morning on which everything is wrong."""
    busy = cases()
    return DeskMorning(
        calls=(busy["urgent"], busy["restricted"]),
        silent=(Silent("DLH", 3, MORNING, busy["late"]), Silent("INSPEKTORAT", 2, MORNING, None)),
        undelivered=(
            Undelivered("head", "DLH", 1, MORNING, (busy["late"].ticket,)),
            Undelivered("citizen", "", 2, MORNING, (busy["late"].ticket,)),
        ),
        years=(2027,),
        waiting_total=total,
        dead=DeadLetters(2, MORNING),
        tell=Backlog(3, MORNING),
    )


def data_requests() -> tuple[DataRequest, ...]:
    """One of each kind: late, told but not erased yet, and one without words."""
    late, fresh = MORNING - timedelta(hours=80), MORNING - timedelta(hours=2)
    ticket = CASES["likely"].ticket
    return (
        DataRequest(ticket, COPY, late, 3, late + ANSWER_WITHIN, ATTACK),
        DataRequest(ticket, ERASURE, fresh, 4, fresh + ANSWER_WITHIN, "", told_at=MORNING),
        DataRequest(ticket, CORRECTION, fresh, 5, fresh + ANSWER_WITHIN),
    )


def desk_context() -> Context:
    """What views look things up in, on MORNING."""
    return context(MORNING)


def row_of(case: Complaint, to: str = "DLH", open: bool = True) -> Row:
    """A choice for a case, and whether it goes."""
    return Row(Choice(f"to.{case.ticket}.{case.assignment_no}", case.ticket, to), case, open)


def _data_mistakes() -> dict[str, Any]:
    typed = {"action": "data_done", "request": f"{CASES['likely'].ticket}.copy", "message": ATTACK}
    errors = [FieldError("result", "bad_choice"), FieldError("message", "words_needed")]
    return {"typed": typed, "errors": errors}


def every_board() -> dict[str, str]:
    """Name → page, in every state that the board and its preview can come back in."""
    ctx, rows = desk_context(), tuple(CASES.values())
    typed = {f"to.{case.ticket}.1": ATTACK for case in rows} | {f"to.{ATTACK}": ATTACK, "action": ATTACK}
    errors = [FieldError(f"to.{case.ticket}.1", "accused", {"opd": ATTACK}) for case in rows]
    recent = (sent_off(CASES["likely"]),)
    gone = [row_of(CASES["likely"]), row_of(sent_off(CASES["returned"], "PUPR"), open=False)]
    return {
        "board": board_page(ctx, board(*rows, morning=alarmed(len(rows)), recent=recent, next="n-000000000")),
        "empty": board_page(ctx, board()),
        "mistakes": board_page(ctx, board(*rows), typed=typed, errors=[*errors, FieldError(f"to.{ATTACK}", "x")]),
        "partly": board_page(ctx, board(*rows), rows=gone),
        "tell": board_page(ctx, board(tell=page_of_tasks())),
        "data": board_page(ctx, board(*rows, requests=data_requests())),
        "data without words": board_page(ctx, board(*rows, requests=data_requests()), **_data_mistakes()),
        "data gone": board_page(ctx, board(*rows), **_data_mistakes()),
        "too late": board_page(ctx, board(*rows), refused=ATTACK),
        "preview": preview_page(ctx, [row_of(CASES[name]) for name in ("danger", "likely", "suspect")] + gone[1:]),
        "nothing left": preview_page(ctx, gone[1:]),
    }
