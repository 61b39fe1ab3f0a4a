"""What an officer's forms begin with: a draft, a canned answer, the name of a unit, how long a clock may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.views.context import Context
from functions.views.drafts import Draft
from functions.views.filling import Blanks
from functions.views.standing import unit_name
from functions.views.words import full_moment
from workflows.domain.actions.question import asked_until
from workflows.domain.canned import Canned
from workflows.domain.change import UNIT
from workflows.domain.complaint import Complaint

CONTACT = {"name": "Nama", "email": "Email", "phone": "Telepon"}
FOREIGN = "Alamat pengirimnya bukan alamat terdaftar kantor Anda: pastikan dulu siapa yang menulisnya."


def held_by_unit(ctx: Context, complaint: Complaint) -> str:
    """The unit that the case was handed on to; empty without one."""
    return unit_name(ctx, complaint.assignment.unit if complaint.assignment else "", short=True)


def starting(role: str, canned: Sequence[Canned], picked: int | None, draft: Draft | None) -> Blanks:
    """What stands in the form of an answer before anybody types: the canned answer picked, else the draft.

    note: whose draft it is.
    """
    if picked is not None and 0 <= picked < len(canned):
        return Blanks({"message": canned[picked].text, "outcome": canned[picked].outcome})
    if not draft:
        return Blanks()
    note = f"Konsep {draft.whose}." + (f" {FOREIGN}" if draft.foreign else "")
    note += "" if role == UNIT else " Periksa, ubah bila perlu, lalu kirim."
    return Blanks({"message": draft.text, "outcome": draft.outcome, "note": note})


def asking_words(ctx: Context, complaint: Complaint) -> str:
    """What a question does to the department's clock."""
    until = asked_until(complaint, ctx.policy, ctx.now)
    if until is None:
        return "Batas waktu Anda sudah pernah berhenti selama yang diizinkan, jadi kini tetap berjalan."
    return f"Selama menunggu pelapor, batas waktu Anda berhenti, paling lama sampai {full_moment(until, 'id')}."


def contact_fields(reporter: Mapping[str, str] | None) -> dict[str, str]:
    """Name, e-mail and phone as they were given; nothing that was left empty."""
    return {field: reporter[field] for field in CONTACT if reporter.get(field)} if reporter else {}
