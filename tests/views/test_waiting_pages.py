"""What both sides read while the citizen is asked, when a deadline has moved, and what stays inside an office."""

from __future__ import annotations

import pytest

from functions.views.citizen.ladder import LadderStep, ladder_steps
from functions.views.citizen.page import headline
from functions.views.shared.office_case import office_case
from functions.views.shared.status_text import next_line
from functions.views.shared.timeline import citizen_lines, office_lines
from tests.sentences import sentences
from tests.views.page_cases import STORIES, Story
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


# What stays inside


def titles(story: Story) -> tuple[list[str], list[str]]:
    citizen = [line.title for line in citizen_lines(story.ctx, story.case, "id")]
    return citizen, [line.title for line in office_lines(story.ctx, story.case)]


@pytest.mark.parametrize(("name", "citizen", "office"), sentences("waiting_pages", "each_side_reads_the_same_event"))
def test_each_side_reads_the_same_event_in_its_own_words(name: str, citizen: str, office: str) -> None:
    first, second = titles(STORIES[name]())
    assert (first[0], second[0]) == (citizen, office)


def test_a_reminder_to_phone_is_seen_by_nobody() -> None:
    story = STORIES["uncalled"]()
    assert [entry.event for entry in story.timeline].count(EventName.UNCALLED) >= 1
    assert not [title for side in titles(story) for title in side if "diperbarui" in title]
