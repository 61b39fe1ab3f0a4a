"""What both sides read while the citizen is asked, when a deadline has moved, and what stays inside an office."""

from __future__ import annotations

import pytest

from functions.views.citizen.ladder import LadderStep, ladder_steps
from functions.views.citizen.page import headline
from functions.views.shared.complaint_json import case_shape, office_shape
from functions.views.shared.office_case import office_case
from functions.views.shared.status_text import next_line
from functions.views.shared.timeline import citizen_lines, office_lines
from tests.sentences import sentences
from tests.views.page_cases import STORIES, Story
from workflows.domain.actions.officer import schedule
from workflows.domain.complaint.transition import EventName

BEFORE = "Kamis, 12 November 2026 pukul 16.00 WIB"


def moved(to: str, why: str) -> str:
    return f"Batas waktu berubah dari {BEFORE} menjadi {to}, karena {why}."


def read(name: str, lang: str = "id") -> tuple[str, str]:
    """What the citizen and the officer read first."""
    story = STORIES[name]()
    lead = " ".join(headline(story.ctx, story.case, lang))
    return lead, office_case(story.ctx, story.case)["status"]


def steps(name: str) -> list[LadderStep]:
    story = STORIES[name]()
    return ladder_steps(story.ctx, story.case, "id")


# While the citizen is asked


def test_the_question_stands_first_even_where_the_deadline_had_passed() -> None:
    citizen, _ = read("waiting_though_late")
    assert "perlu keterangan dari Anda" in citizen
    assert "melewati batas waktu" not in citizen and "–" not in citizen


@pytest.mark.parametrize("name", ["waiting", "waiting_though_late"])
def test_the_citizen_is_next_and_then_the_department_in_any_case(name: str) -> None:
    story = STORIES[name]()
    shape = case_shape(story.ctx, story.case)
    until = story.complaint.deadlines.ask_until
    assert until is not None
    assert (shape["next"]["who"], shape["next"]["then"]) == ("Anda", "batas waktu Dishub berjalan lagi")
    assert shape["next"]["until"].startswith(until.date().isoformat())
    assert office_shape(story.ctx, story.case, ())["next"]["who"] == "Pelapor"
    line = next_line(story.ctx, story.complaint, "id")
    assert line.startswith("Berikutnya: Anda menjawab pertanyaan paling lambat")
    assert line.endswith("Bila lewat: batas waktu Dishub berjalan lagi.")


def test_a_date_that_has_just_passed_makes_no_overdue_department_of_it() -> None:
    story = STORIES["waiting"]().later(days=9)
    assert "masih harus menjawab" not in next_line(story.ctx, story.complaint, "id")


def test_the_ladder_is_with_the_citizen_and_goes_back_to_the_department() -> None:
    names = [(step.name, step.state) for step in steps("waiting")]
    assert names[:4] == [("Laksa", "past"), ("Dishub", "past"), ("Anda", "now"), ("Dishub", "coming")]
    assert [name for name, _ in names[4:]] == ["Kepala Dishub", "Sekretaris Daerah", "Wali Kota"]
    late = [(step.name, step.state) for step in steps("waiting_though_late")]
    assert late[:4] == [("Laksa", "past"), ("Dishub", "past"), ("Kepala Dishub", "past"), ("Anda", "now")]


def test_an_officer_is_shown_no_deadline_that_does_not_run() -> None:
    story = STORIES["waiting"]()
    shown = office_case(story.ctx, story.case)
    assert shown["tag"].words == "17 Nov 2026 · menunggu pelapor"
    assert shown["next_rung"] == ""


# When a deadline has moved


@pytest.mark.parametrize(
    ("name", "to", "reason"),
    [
        ("replied", "Selasa, 17 November 2026 pukul 11.17 WIB", "menunggu keterangan dari {} selama 2 hari kerja"),
        ("no_reply", "Kamis, 19 November 2026 pukul 16.00 WIB", "menunggu keterangan dari {} selama 5 hari kerja"),
        ("scheduled", "Rabu, 2 Desember 2026 pukul 16.00 WIB", "Dishub menjadwalkan Rabu, 2 Desember 2026"),
    ],
)
def test_both_sides_read_why_the_deadline_is_another_one(name: str, to: str, reason: str) -> None:
    citizen, officer = read(name)
    assert moved(to, reason.format("Anda")) in citizen
    assert moved(to, reason.format("pelapor")) in officer
    story = STORIES[name]()
    notes = [line.note for line in citizen_lines(story.ctx, story.case, "id")]
    assert [note for note in notes if note] == [moved(to, reason.format("Anda"))]
    assert moved(to, reason.format("pelapor")) in [line.note for line in office_lines(story.ctx, story.case)]


def test_the_english_page_gives_the_reason_in_english() -> None:
    citizen, _ = read("no_reply", "en")
    assert "The deadline has moved from Thursday, 12 November 2026, 16.00 WIB to" in citizen
    assert citizen.endswith("because we waited 5 working days for your answer.")


@pytest.mark.parametrize("name", ["assigned", "in_progress", "reopened", "answered", "added", "waiting"])
def test_a_deadline_that_has_not_moved_needs_no_reason(name: str) -> None:
    assert not [words for words in read(name) if "Batas waktu berubah" in words]


def test_of_several_moves_the_one_of_the_present_deadline_comes_first() -> None:
    story = STORIES["replied"]().officer(schedule, date="2026-12-21")
    lead = headline(story.ctx, story.case, "id")[1]
    assert lead.count("Batas waktu berubah") == 1
    assert lead.endswith("karena Dishub menjadwalkan Senin, 21 Desember 2026.")
    assert len([line for line in citizen_lines(story.ctx, story.case, "id") if line.note]) == 2


# What stays inside


def titles(story: Story) -> tuple[list[str], list[str]]:
    citizen = [line.title for line in citizen_lines(story.ctx, story.case, "id")]
    return citizen, [line.title for line in office_lines(story.ctx, story.case)]


@pytest.mark.parametrize(
    ("name", "citizen", "office"), sentences("waiting_pages", "each_side_reads_the_same_event")
)
def test_each_side_reads_the_same_event_in_its_own_words(name: str, citizen: str, office: str) -> None:
    first, second = titles(STORIES[name]())
    assert (first[0], second[0]) == (citizen, office)


@pytest.mark.parametrize(
    ("name", "event", "title"),
    [
        ("drafted", "drafted", "Bidang Operasi dan Pemeliharaan menulis konsep jawaban"),
        ("drafted_by_mail", "draft_by_mail", "Balasan email dari Dishub tersimpan sebagai konsep"),
    ],
)
def test_a_draft_is_for_offices_alone(name: str, event: str, title: str) -> None:
    story = STORIES[name]()
    citizen, office = titles(story)
    assert title == office[0] and title not in citizen and "Laporan diperbarui" not in citizen
    seen = [line["event"] for line in case_shape(story.ctx, story.case)["timeline"]]
    assert event not in seen
    assert event in [line["event"] for line in office_shape(story.ctx, story.case, ())["timeline"]]


@pytest.mark.parametrize("name", ["delegated", "drafted", "drafted_by_mail", "drafted_again", "called"])
def test_what_is_said_inside_an_office_is_no_citizens_to_read(name: str) -> None:
    story = STORIES[name]()
    inside = [entry.internal for entry in story.timeline if entry.internal]
    citizen = str(citizen_lines(story.ctx, story.case, "id")) + str(case_shape(story.ctx, story.case))
    assert inside and not [words for words in inside if words[:30] in citizen]
    assert inside[0][:30] in str(office_lines(story.ctx, story.case))


def test_a_reminder_to_phone_is_seen_by_nobody() -> None:
    story = STORIES["uncalled"]()
    assert [entry.event for entry in story.timeline].count(EventName.UNCALLED) >= 1
    assert not [title for side in titles(story) for title in side if "diperbarui" in title]
