"""One sentence for every event, whoever reads it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.views.citizen.page import status_sentence
from functions.views.shared.status_text import unit_name
from functions.views.shared.timeline import INSIDE, TO_OFFICES, WORDS, citizen_lines, event_words, office_lines
from tests.builders import RULES
from tests.views.page_cases import START, STORIES, at_desk, with_department
from workflows.domain.actions.bulk_assign import Choice, choose
from workflows.domain.actions.undo_window import UNDO_WINDOW, take_back
from workflows.domain.complaint.transition import DESK, LAKSA, NO_EVENT, EventName, Role, TimelineEvent
from workflows.domain.deadlines.calendar import WIB

STORY = with_department()
UNIT = unit_name(STORY.ctx, "PUPR-OP")
FACTS = {
    "category": "pju_mati",
    "from": "DISHUB",
    "to": "PUPR",
    "date": START,
    "deadline": START,
    "due": START,
    "rung": "head",
    "cause": "550",
}


def words(entry: TimelineEvent, lang: str = "id", reader: str = "citizen") -> str:
    return event_words(STORY.ctx, STORY.complaint, entry, lang, reader=reader)


def told(event: EventName, by: Role, opd: str = "", **facts: object) -> TimelineEvent:
    return TimelineEvent(event, by, opd=opd, facts=facts)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (told(EventName.ASSIGNED, LAKSA, "DISHUB"), "Dikirim ke Dishub"),
        (told(EventName.ASSIGNED, DESK, "PUPR", category=""), "Operator mengirim laporan ke Dinas PUPR"),
        (told(EventName.ASSIGNED, DESK, "PUPR", category="lainnya"), "Operator mengirim laporan ke Dinas PUPR"),
        (told(EventName.AT_DESK, LAKSA, opd="", why="unsure"), "Laksa meminta operator memilih OPD"),
        (told(EventName.ACKNOWLEDGED, Role.DEPARTMENT, "DISHUB"), "Dishub menerima laporan"),
        (
            told(EventName.ANSWERED, Role.DEPARTMENT, "DISHUB", outcome="not_done"),
            "Dishub menjawab: belum dapat dikerjakan",
        ),
        (
            told(EventName.SCHEDULED, Role.DEPARTMENT, "DISHUB", date=START),
            "Dishub menjadwalkan Senin, 9 November 2026",
        ),
        (
            told(EventName.FORWARDED, Role.DEPARTMENT, "PUPR", **{"from": "DISHUB", "to": "PUPR"}),
            "Dishub mengalihkan laporan ke Dinas PUPR",
        ),
        (
            told(EventName.FORWARDED, Role.DEPARTMENT, "DISHUB", **{"from": "DISHUB", "to": "PUPR"}),
            "Dishub menyarankan Dinas PUPR; operator yang memutuskan",
        ),
        (told(EventName.RUNG, LAKSA, opd="", to="sekda"), "Naik ke Sekretaris Daerah, karena lewat batas waktu"),
        (told(EventName.EXTERNAL, LAKSA, opd="", to="EXT-PLN"), "Laksa mengarahkan laporan ke PT PLN (Persero)"),
        (told(EventName.MAIL_FAILED, LAKSA, "DISHUB"), "Email ke Dishub tidak sampai; operator memperbaikinya"),
        (
            told(EventName.MAIL_FAILED, LAKSA, "PUPR", role="unit", unit="PUPR-OP", to="PUPR-OP"),
            f"Email ke {UNIT} tidak sampai; operator memperbaikinya",
        ),
        (
            told(EventName.MAIL_FAILED, LAKSA, "PUPR-OP", role="unit", to="PUPR-OP"),
            f"Email ke {UNIT} tidak sampai; operator memperbaikinya",
        ),
        (told(EventName.ERASED, LAKSA, opd="", part="photos"), "Laksa menghapus foto laporan ini"),
        (
            told(EventName.ERASED, LAKSA, opd="", part="contact"),
            "Laksa menghapus nama, kontak dan nomor pribadi dari laporan ini",
        ),
        (told(EventName.ERASED, LAKSA, opd="", part="whole"), "Laksa menghapus isi, foto, nama dan kontak laporan ini"),
        (replace(NO_EVENT, by=LAKSA), "Laporan diperbarui"),
    ],
)
def test_an_event_is_told_in_the_past_with_its_actor_first(entry: TimelineEvent, sentence: str) -> None:
    assert words(entry) == sentence


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("event", sorted({key.partition(".")[0] for key in WORDS}))
def test_no_event_falls_over_missing_facts_or_an_unknown_office(event: str, lang: str) -> None:
    for facts in ({}, FACTS, {"to": "NEWER", "from": "NEWER"}):
        sentence = words(TimelineEvent(EventName(event), LAKSA, opd="NEWER", facts=facts), lang)
        assert sentence
        assert "{" not in sentence


def test_hidden_entries_are_shown_to_nobody() -> None:
    story = STORIES["answered_heard"]()
    assert any(entry.hidden for entry in story.timeline)
    shown = len([entry for entry in story.timeline if not entry.hidden])
    assert len(citizen_lines(story.ctx, story.case, "id")) == shown
    assert len(office_lines(story.ctx, story.case)) == shown


def test_an_assignment_that_was_taken_back_is_the_offices_to_read_of_alone() -> None:
    story, before = at_desk(), len(citizen_lines(at_desk().ctx, at_desk().case, "id"))
    story.do(choose(story.complaint, Choice("", story.complaint.ticket, "DLH"), RULES, story.now))
    assert len(citizen_lines(story.ctx, story.case, "id")) == before + 1
    story.do(take_back(story.complaint, story.complaint.assignment_no, story.now))
    assert len(citizen_lines(story.ctx, story.case, "id")) == before
    titles = [line.title for line in office_lines(story.ctx, story.case)][:2]
    assert titles == ["Operator membatalkan pengiriman ke DLH", "Operator mengirim laporan ke DLH"]
    story.do(choose(story.complaint, Choice("", story.complaint.ticket, "PUPR"), RULES, story.now))
    told = [line.title for line in citizen_lines(story.ctx, story.case, "id")]
    assert told[0].startswith("Operator memilih Dinas PUPR; laporan dikirim pukul ")


def test_a_report_counts_as_sent_once_it_can_no_longer_be_taken_back() -> None:
    story = at_desk()
    story.do(choose(story.complaint, Choice("", story.complaint.ticket, "DLH"), RULES, story.now))
    chosen, sent = (
        replace(story.ctx, now=story.now + wait) for wait in (UNDO_WINDOW - timedelta(seconds=1), UNDO_WINDOW)
    )
    told = {lang: citizen_lines(chosen, story.case, lang)[0].title for lang in ("id", "en")}
    at = (story.now + UNDO_WINDOW).astimezone(WIB)
    assert told["id"] == f"Operator memilih DLH; laporan dikirim pukul {at:%H.%M}"
    assert told["en"] == f"An operator has chosen DLH; the report is sent at {at:%H.%M} WIB"
    assert status_sentence(chosen, story.complaint).startswith(
        "Operator memilih Dinas Lingkungan Hidup (DLH). Laporan Anda dikirim ke sana pada "
    )
    assert f"pukul {at:%H.%M} WIB. Jawabannya paling lambat" in status_sentence(chosen, story.complaint)
    assert citizen_lines(sent, story.case, "id")[0].title == "Operator mengirim laporan ke DLH"
    assert status_sentence(sent, story.complaint).startswith("Laporan Anda sudah dikirim ke Dinas Lingkungan Hidup")


def test_an_officers_name_is_for_colleagues_only() -> None:
    story = STORIES["in_progress"]()
    assert office_lines(story.ctx, story.case)[0].officer.startswith("Rani")
    assert not re.search("Rani", str(citizen_lines(story.ctx, story.case, "id")))


HIDDEN = {"link_renewed", "link_sent", "nudged", "questionnaire", "reached", "reply_by_link", "reply_late", "uncalled"}
"""Written with `hidden`, so that no page shows them; some have words all the same."""


def test_every_event_has_words_for_those_who_read_of_it() -> None:
    known = {key.partition(".")[0] for key in WORDS}
    assert known <= set(EventName) and set(INSIDE) <= set(TO_OFFICES)
    assert set(EventName) - known - set(INSIDE) <= HIDDEN
