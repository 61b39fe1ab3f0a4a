"""Assignment of many complaints from the desk's board: each choice is checked separately, by pure functions."""

from __future__ import annotations
import re
from collections.abc import Mapping
from datetime import datetime

from workflows.domain.access import can_receive
from workflows.domain.actions.desk import DeskAct, decide, possible
from workflows.domain.actions.engine import Rules
from workflows.domain.actions.undo_window import with_undo_window
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.directory import Directory
from workflows.errors import ActionNotPossible, FieldError, InvalidInput
from workflows.frozen import frozen

TO = "to."
"""The prefix of each row's field: to.<ticket>, or to.<ticket>.<assignment_no> for the complaint as
it was shown.
"""
MOST = 50
"""The most rows at once, and per page of the board."""
_REFERENCE = re.compile(r"(?P<ticket>[0-9A-Za-z-]{9,15})(?:\.(?P<assignment_no>\d{1,6}))?", re.ASCII)


@frozen
class Choice:
    """A row's choice. `seen`: the complaint's assignment number as shown; None when the sender does not say."""

    field: str
    ticket: str
    to: str
    seen: int | None = None


def read_reference(text: str) -> tuple[str, int | None] | None:
    """(ticket, assignment number) of a field's name; None for an invalid one."""
    found = _REFERENCE.fullmatch(text)
    ticket = parse_ticket(found["ticket"]) if found else None
    if found is None or ticket is None:
        return None
    return ticket, int(found["assignment_no"]) if found["assignment_no"] else None


def read_choices(fields: Mapping[str, str]) -> tuple[Choice, ...]:
    """Every row with a choice; InvalidInput names each field that belongs to no row."""
    chosen = {name: to.strip().upper() for name, to in fields.items() if name.startswith(TO) and to.strip()}
    read = {name: read_reference(name.removeprefix(TO)) for name in chosen}
    if wrong := [FieldError(name, "not_on_board") for name, reference in read.items() if reference is None]:
        raise InvalidInput(wrong)
    choices = tuple(Choice(name, ref[0], chosen[name], ref[1]) for name, ref in read.items() if ref)
    if wrong := _too_many(choices):
        raise InvalidInput(wrong)
    return choices


def _too_many(choices: tuple[Choice, ...]) -> list[FieldError]:
    """Errors for no choice at all, more than a page has rows, or two for one complaint."""
    if not choices:
        return [FieldError("action", "nothing_chosen")]
    if len(choices) > MOST:
        return [FieldError("action", "too_many_rows", {"max": MOST})]
    tickets = [choice.ticket for choice in choices]
    return [FieldError(c.field, "chosen_twice") for c in choices if tickets.count(c.ticket) > 1]


def objection(choice: Choice, complaint: Complaint | None, directory: Directory) -> FieldError | None:
    """What is wrong with a choice, whatever happened to the complaint meanwhile; None if it can be tried. A
    restricted complaint must be read before it is assigned; about complaints hidden from the desk it reveals
    nothing.
    """
    department = directory.receiver(choice.to)
    if complaint is None or not _may_read(complaint):
        return FieldError(choice.field, "not_on_board")
    if complaint.restricted:
        return FieldError(choice.field, "open_it_first")
    if department is None:
        return FieldError(choice.field, "bad_choice")
    if not can_receive(complaint, department.code):
        return FieldError(choice.field, "accused", {"opd": department.short})
    return None


def _may_read(complaint: Complaint) -> bool:
    return complaint.desk_may_read and (not complaint.restricted or complaint.state == State.AT_DESK)


def is_as_chosen(choice: Choice, complaint: Complaint) -> bool:
    """Whether the department has it already, whoever assigned it."""
    return complaint.state in WITH_DEPARTMENT and complaint.opd == choice.to


def is_free(choice: Choice, complaint: Complaint) -> bool:
    """Whether it still waits at the desk, and has not left it since it was shown."""
    return complaint.state == State.AT_DESK and choice.seen in (None, complaint.assignment_no)


def choose(complaint: Complaint, choice: Choice, rules: Rules, now: datetime) -> Transition | None:
    """Assign one row within the undo window; None if the department has it already. InvalidInput;
    ActionNotPossible if somebody else was faster: nothing is overwritten.
    """
    if wrong := objection(choice, complaint, rules.directory):
        raise InvalidInput([wrong])
    if is_as_chosen(choice, complaint):
        return None
    if not is_free(choice, complaint):
        raise ActionNotPossible("assign", complaint.state, possible(complaint))
    change = decide(complaint, DeskAct("assign", choice.to), rules, now)
    return change and with_undo_window(complaint, change, now)
