"""What every act of an office is made of: what was asked by whom, the rules, the line of the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.change import DEPARTMENT, Entry, EventName, Role
from workflows.domain.complaint import Complaint
from workflows.domain.department import Directory
from workflows.domain.photo import LeftOut, photo_facts
from workflows.domain.policy import Policy

MESSAGE_MAX = 5000
OFFICER_MAX = 100


@dataclass(frozen=True)
class OfficerAct:
    """One POST of an officer: the action, who and what.

    role: department, head or unit. uploads: the mark of what was sent as photos, whatever became of it. photos:
    the numbers that those taken have in the case. left_out: the others. draft: the number of the draft that the
    form of an answer showed, "0" where it showed none, empty where nothing is said of it. draft_photos: its photos
    are to go out with the answer.
    """

    action: str
    role: str = DEPARTMENT
    officer: str = ""
    message: str = ""
    outcome: str = "done"
    date: str = ""
    to: str = ""
    reason: str = ""
    uploads: str = ""
    photos: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    draft: str = ""
    draft_photos: bool = False


@dataclass(frozen=True)
class Rules:
    """What a transition may look up: the policy in force, the departments.

    proofs: fingerprints of photos that proved other cases of the department. parent: the case that another is
    to be merged into; None where its number is nobody's.
    """

    policy: Policy
    directory: Directory
    proofs: tuple[str, ...] = ()
    parent: Complaint | None = None


def entry_of(event: EventName, complaint: Complaint, act: OfficerAct, **facts: object) -> Entry:
    """The line of the timeline that an act leaves, with its words and whoever typed a name."""
    facts |= photo_facts(act.photos, act.left_out)
    return Entry(
        event,
        Role(act.role),
        text=act.message.strip(),
        officer=act.officer.strip(),
        opd=complaint.opd or "",
        facts=facts,
    )
