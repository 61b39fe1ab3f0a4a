"""The JSON of a case: the shapes that scripts rely on."""

from dataclasses import replace
from datetime import datetime

import pytest

from functions.views.citizen.page import citizen_json
from functions.views.desk.page import desk_json
from functions.views.officer.page import officer_json
from tests.views.page_cases import PERSONAL, STORIES, TEXT, Story, with_department
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


@pytest.mark.parametrize("name", NAMES)
def test_no_date_that_has_passed_is_told_as_the_next(name: str) -> None:
    story = STORIES[name]()
    shapes = (citizen_json(story.ctx, story.case), officer_json(story.ctx, story.case, "department"))
    untils = [until for shape in shapes if (until := shape["next"]["until"])]
    assert all(datetime.fromisoformat(until) > story.now for until in untils)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_planned_day_comes_next_and_the_deadline_has_its_own_field(lang: str) -> None:
    story = STORIES["scheduled"]().with_fields(lang=lang)
    shape = citizen_json(story.ctx, story.case)
    assert shape["next"]["until"].startswith("2026-12-02T") and shape["deadline"] > shape["next"]["until"]
    then = {"id": "laporan kembali ke Dishub untuk dijawab", "en": "the report comes back to Dishub for an answer"}
    assert shape["next"]["then"] == then[lang]


@pytest.mark.parametrize("name", NAMES)
def test_offices_get_the_place_and_the_actions_and_nothing_personal(name: str) -> None:
    story = STORIES[name]()
    shape = officer_json(story.ctx, story.case, "department")
    assert set(shape) == CITIZEN | {"place", "actions", "draft"} | parent(name) | closed(story)
    assert not [secret for secret in PERSONAL if secret in str(shape)]
    assert set(desk_json(story.ctx, story.case)) == set(shape) - {"draft"} | {"suggestions"}


def test_an_office_reads_the_draft_that_its_answer_has_to_name() -> None:
    story = STORIES["drafted"]()
    draft = story.complaint.draft
    assert draft
    told = {"draft": "7", "message": draft.text, "outcome": "done", "photos": [3]}
    shown = story.with_fields(draft=replace(draft, outcome="done", sequence=7, photos=(3,)))
    assert officer_json(shown.ctx, shown.case, "department")["draft"] == told
    assert officer_json(story.ctx, story.with_fields(draft=None).case, "department")["draft"] is None


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


def test_suggestions_are_the_three_best_with_the_reasons_of_the_first() -> None:
    story = STORIES["at_desk"]()
    first, *others = desk_json(story.ctx, story.case)["suggestions"]
    assert first["code"] == "DISHUB"
    assert first["name"] == "Dinas Perhubungan"
    assert first["why"][1] == "lokasi tidak disebut"
    assert [s["code"] for s in others] == ["PUPR", "DLH"]


def test_actions_are_those_that_the_state_allows() -> None:
    story = STORIES["assigned"]()
    actions = ["acknowledge", "answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours", "renew"]
    assert officer_json(story.ctx, story.case, "head")["actions"] == actions
    assert desk_json(story.ctx, story.case)["actions"] == ["merge"]
