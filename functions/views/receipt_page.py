"""The receipt that an operator prints for a citizen: what was written, where it is, and the way back to it."""

from __future__ import annotations

from functions.views.arrival_words import channel_name, received_words
from functions.views.assets import RECEIPT, page_file_url
from functions.views.case_json import department_shape, place_of
from functions.views.context import Case, Context
from functions.views.environment import render
from functions.views.filling import capital, fill
from functions.views.keep_card import keep_card
from functions.views.photos import left_out_words
from functions.views.sentences import N_
from functions.views.standing import label
from functions.views.words import full_moment, say
from workflows.domain.change import CITIZEN
from workflows.domain.complaint import Complaint
from workflows.domain.own_name import whole

PASSED = N_("{until}; sudah lewat, dan naik menurut jenjangnya")


def receipt_page(ctx: Context, case: Case, board: str, known: bool = False) -> str:
    """In the citizen's language; without a path of its own page, only how the report stands.

    board: path of the desk's board, for the screen alone. known: the report had been written down before.
    """
    complaint = case.complaint
    key, lang = case.path.rpartition("/")[2], complaint.lang
    return render(
        "receipt.html",
        lang,
        receipt_sheet=page_file_url(RECEIPT),
        board=board,
        known=known,
        ticket=complaint.ticket,
        received=received_words(complaint, lang),
        channel=channel_name(complaint.arrival.channel, lang),
        external_ref=complaint.arrival.external_ref,
        keep=keep_card(ctx, complaint, key) if key else None,
        text=whole(complaint.text),
        place=whole(place_of(ctx, complaint)),
        photos=sum(photo.by == CITIZEN for photo in complaint.photos),
        left_out=[words for entry in case.timeline[:1] for words in left_out_words(entry, lang)],
        **_standing(ctx, complaint, lang),
        privacy_contact=ctx.directory["DESK"].mailbox,
    )


def _deadline(ctx: Context, complaint: Complaint, lang: str) -> str:
    """Until when it is to be answered, and where that has passed before it was written down, that it has."""
    if complaint.answer_by is None:
        return ""
    until = full_moment(complaint.answer_by, lang)
    return until if complaint.answer_by > ctx.now else fill(say(lang, "pages")(PASSED), {"until": until})


def _standing(ctx: Context, complaint: Complaint, lang: str) -> dict[str, str]:
    """Of what few may read a paper names neither office nor date: anybody at home may find it."""
    if complaint.restricted or not complaint.desk_may_read:
        return {"status": "", "department": "", "deadline": ""}
    department = department_shape(ctx, complaint)
    return {
        "status": capital(label(ctx, complaint, lang)),
        "department": department["name"] if department else "",
        "deadline": _deadline(ctx, complaint, lang),
    }
