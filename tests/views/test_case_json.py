"""The JSON of a case: the shapes that scripts rely on."""

import pytest

from functions.views.citizen.page import citizen_json
from functions.views.officer.page import officer_json
from tests.views.page_cases import STORIES, TEXT, Story, with_department
from workflows.domain.actions.officer import delegate
from workflows.domain.complaint.model import State

CITIZEN = {"ticket", "status", "department", "deadline", "next", "message", "timeline"}
NAMES = list(STORIES)


def parent(name: str) -> set[str]:
    """What only the shape of a merged report has."""
    return {"parent"} if name.startswith("merged") else set()


def closed(story: Story) -> set[str]:
    """What only the shape of a closed report has: how it was closed."""
    return {"closed_as"} if story.complaint.state == State.CLOSED else set()


def asked(name: str) -> set[str]:
    """What only the shape of a case has whose citizen waits for an answer about their own data."""
    return {"data_requests"} if name.startswith("data_") else set()


@pytest.mark.parametrize("name", NAMES)
def test_the_citizens_shape_is_the_same_in_every_state(name: str) -> None:
    story = STORIES[name]()
    shape = citizen_json(story.ctx, story.case)
    question = {"question"} if name == "asked_whether_solved" else set()
    assert set(shape) == CITIZEN | parent(name) | asked(name) | closed(story) | question
    assert set(shape["next"]) == {"who", "until", "then"}
    assert {frozenset(line) for line in shape["timeline"]} == {frozenset(("at", "event", "by", "text"))}
    assert shape["message"] == TEXT


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_planned_day_comes_next_and_the_deadline_has_its_own_field(lang: str) -> None:
    story = STORIES["scheduled"]().with_fields(lang=lang)
    shape = citizen_json(story.ctx, story.case)
    assert shape["next"]["until"].startswith("2026-12-02T") and shape["deadline"] > shape["next"]["until"]
    then = {"id": "laporan kembali ke Dishub untuk dijawab", "en": "the report comes back to Dishub for an answer"}
    assert shape["next"]["then"] == then[lang]


def test_after_an_answer_the_citizen_is_next_in_the_readers_words() -> None:
    story = STORIES["answered"]()
    assert citizen_json(story.ctx, story.case)["next"]["who"] == "Anda"
    assert officer_json(story.ctx, story.case, "department")["next"]["who"] == "Pelapor"


def test_hidden_entries_are_left_out() -> None:
    story = STORIES["answered_heard"]()
    assert "reached" not in [line["event"] for line in citizen_json(story.ctx, story.case)["timeline"]]


def test_words_to_a_unit_are_told_to_offices_alone() -> None:
    story = with_department("PUPR", "drainase").officer(delegate, to="PUPR-OP", message="Tolong cek Kamis pagi.")
    assert officer_json(story.ctx, story.case, "department")["timeline"][-1]["text"] == "Tolong cek Kamis pagi."
    assert "Kamis pagi" not in str(citizen_json(story.ctx, story.case))
