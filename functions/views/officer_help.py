"""What an officer's forms begin with: a draft, a canned answer, the name of a unit, how long a clock may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.views.context import Context
from functions.views.filling import Blanks
from functions.views.standing import unit_name
from functions.views.words import full_moment
from workflows.domain.canned import Canned
from workflows.domain.change import UNIT
from workflows.domain.complaint import Complaint
from workflows.domain.handing_on import draft_number
from workflows.domain.standing_still import stands_until

CONTACT = {"name": "Nama", "email": "Email", "phone": "Telepon"}


def held_by_unit(ctx: Context, complaint: Complaint) -> str:
    """The unit that the case was handed on to; empty without one."""
    return unit_name(ctx, complaint.assignment.unit if complaint.assignment else "", short=True)


def starting(
    ctx: Context, complaint: Complaint, role: str, canned: Sequence[Canned], picked: int | None
) -> Blanks:
    """What stands in the form of an answer before anybody types: the canned answer picked, else the draft.

    note: whose draft it is.
    """
    if picked is not None and 0 <= picked < len(canned):
        return Blanks({"message": canned[picked].text, "outcome": canned[picked].outcome})
    draft = complaint.draft
    if not draft:
        return Blanks()
    note = f"Konsep {_writer(ctx, complaint, draft)}, {full_moment(draft['at'], 'id')}."
    note += "" if role == UNIT else " Periksa, ubah bila perlu, lalu kirim."
    return Blanks({"message": draft["text"], "outcome": draft.get("outcome", "done"), "note": note})


def sends_drafted(complaint: Complaint, typed: Mapping[str, str]) -> bool:
    """Whether the photos of the draft are ticked: yes, but as it was in an answer that came back.

    Those of a draft that has come since are not: whoever pressed the button had not seen them.
    """
    if typed.get("action") != "answer":
        return True
    return typed.get("draft_photos") == "yes" and typed.get("draft") == draft_number(complaint)


def _writer(ctx: Context, complaint: Complaint, draft: dict[str, str]) -> str:
    who = f"dari {held_by_unit(ctx, complaint)}" if draft["by"] == UNIT else "dari balasan email"
    return f"{who} ({draft['officer']})" if draft.get("officer") else who


def asking_words(ctx: Context, complaint: Complaint) -> str:
    """What a question does to the department's clock."""
    until = complaint.ask_until or stands_until(complaint, ctx.policy, ctx.now)
    if until is None:
        return "Batas waktu Anda sudah pernah berhenti selama yang diizinkan, jadi kini tetap berjalan."
    return f"Selama menunggu pelapor, batas waktu Anda berhenti, paling lama sampai {full_moment(until, 'id')}."


def contact_fields(reporter: Mapping[str, str] | None) -> dict[str, str]:
    """Name, e-mail and phone as they were given; nothing that was left empty."""
    return {field: reporter[field] for field in CONTACT if reporter.get(field)} if reporter else {}
