"""A department's list with one case of every kind, lived through with the real transitions."""

from __future__ import annotations
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from functions.views.shared.context import Context
from tests.views.page_cases import ATTACK, PERSONAL, Story, context, with_department
from workflows.domain.actions.officer import acknowledge, schedule
from workflows.domain.actions.question import ask
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import new_ticket
from workflows.office.case_list import Listed
from workflows.office.open_cases import Counts

MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Five working days after the cases came in: nine o'clock in Tangerang."""
PATH = "/opd/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.7K3M9QXT4d1-abc"


def cases() -> dict[str, Complaint]:
    """Name → case, all open on MORNING."""
    accepted = with_department("DLH", "sampah_angkut")
    accepted.now = MORNING - timedelta(minutes=48)
    stories: dict[str, Story] = {
        "urgent": with_department(urgent=True),
        "late": accepted.officer(acknowledge, officer="Pak A."),
        "today": with_department().with_fields(answer_by=MORNING + timedelta(hours=7), kelurahan=None),
        "taken": with_department("PUPR", "drainase").officer(acknowledge, officer=f"{ATTACK} {PERSONAL[0]}"),
        "nameless": with_department("PUPR", "drainase").officer(acknowledge, officer=""),
        "waiting": with_department().officer(ask),
        "scheduled": with_department().officer(schedule, date="2026-11-20"),
        "restricted": with_department("DP3AP2KB", "kdrt", restricted=True),
    }
    numbered = enumerate(stories.items())
    return {name: s.complaint.evolve(ticket=new_ticket(n.to_bytes(5, "big"))) for n, (name, s) in numbered}


def morning() -> Context:
    """What views look things up in, on MORNING."""
    return context(MORNING)


def listed(*shown: Complaint, **fields: object) -> Listed:
    """A page of Dishub's list with those cases."""
    page = Listed(
        opd="DISHUB",
        counts=Counts(open=len(shown), overdue=1, today=1) if shown else Counts(0, 0, 0),
        kelurahan="",
        matching=len(shown),
        cases=shown,
        paths=(PATH,) * len(shown),
        first=True,
        next="",
        until=MORNING + timedelta(hours=24),
    )
    return replace(page, **fields)  # type: ignore[arg-type]
