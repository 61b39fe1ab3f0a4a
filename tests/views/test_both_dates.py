"""Two dates of one step: until when somebody is asked to act, and when it goes up; every page names both alike."""

from __future__ import annotations
from datetime import datetime, timedelta

from functions.views.desk.page import desk_json, desk_page
from functions.views.mail.render import NoticeFacts, render_mail
from functions.views.shared.context import CaseView
from functions.views.shared.rendering import full_moment
from tests.builders import MONDAY, complaint
from tests.views.page_cases import context
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import DEPARTMENT, EventName, Role, TimelineEvent


def test_the_desk_s_page_and_its_json_name_the_same_two_dates() -> None:
    until = MONDAY + timedelta(days=1)
    case = CaseView(complaint(State.AT_DESK, desk_since=MONDAY, desk_by=until), ())
    ctx = context(MONDAY)
    step = desk_json(ctx, case)["next"]
    assert datetime.fromisoformat(step["until"]) == until
    then, _, at = step["then"].partition(" pada ")
    assert then.startswith("laporan naik ke ") and at
    page = desk_page(ctx, case)
    for words in (f"Pilih OPD paling lambat {full_moment(until, 'id')}", f"belum dipilih sampai {at}, {then}"):
        assert words in page, words


def test_who_answers_about_data_reads_number_kind_and_date_alone() -> None:
    words, due = "Kirim salinan kepada Siti.", MONDAY + timedelta(hours=72)
    asked = TimelineEvent(
        EventName.DATA_ASKED, Role.CITIZEN, text=words, facts={"data": "copy", "deadline": due}, sequence=3
    )
    case = CaseView(complaint(State.IN_PROGRESS, "INSPEKTORAT", restricted=True, decision={"desk": False}), (asked,))
    mail = render_mail(
        context(MONDAY), case, NoticeFacts("data_request", DEPARTMENT, "INSPEKTORAT", 3, "https://x.example/opd/t")
    )
    told = " ".join(mail.text.split())
    for said in (case.complaint.ticket, "meminta salinan datanya", full_moment(due, "id"), "https://x.example/opd/t"):
        assert said in told, said
    assert "Siti" not in told and case.complaint.text[:20] not in told
