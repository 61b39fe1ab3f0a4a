"""Who stands above a case as its pages tell: the ladder of its holder's own kind, and nobody it accuses."""

from __future__ import annotations
from typing import Any

import pytest

from functions.views.citizen.ladder import ladder_steps
from functions.views.citizen.page import citizen_page
from functions.views.officer.page import officer_page
from tests.views.page_cases import KEY, Story, with_department
from workflows.domain.actions.officer import forward

OF_THE_MAYOR: dict[str, Any] = {"accuses": "WALIKOTA", "kept_out": ["SETDA", "WALIKOTA"], "why": [], "top": []}


def above(story: Story) -> list[tuple[str, str]]:
    steps = [step for step in ladder_steps(story.ctx, story.case, "id") if step.name != "Laksa"]
    return [(step.name, step.state) for step in steps[1:]]


def pages(story: Story, lang: str = "id") -> str:
    return citizen_page(story.ctx, story.case, KEY, lang=lang) + officer_page(story.ctx, story.case, "department")


def test_from_the_head_of_a_kind_without_the_sekda_the_next_is_the_mayor() -> None:
    story = with_department("SETDA", "drainase").wait(12)
    assert above(story) == [("Sekretaris Daerah", "now"), ("Wali Kota", "coming")]
    assert "Berikutnya: Wali Kota, pada" in citizen_page(story.ctx, story.case, KEY, lang="id")


def test_whom_an_earlier_ladder_led_past_is_not_said_to_come() -> None:
    story = with_department("INSPEKTORAT", "drainase").wait(21).later(hours=1).officer(forward, to="DLH").wait(1)
    assert story.complaint.escalation.escalated == ("reminder", "overdue", "head", "mayor")
    assert above(story) == []
    assert "Laporan ada di daftar harian Wali Kota" in pages(story)


@pytest.mark.parametrize("days", [0, 12, 40])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_whom_a_report_accuses_is_named_nowhere_above_it(days: int, lang: str) -> None:
    story = with_department("INSPEKTORAT", "drainase", restricted=True).with_fields(decision=OF_THE_MAYOR)
    shown = pages(story.wait(days) if days else story, lang)
    assert "Inspektur" in shown
    assert not [word for word in ("Wali Kota", "Mayor", "Sekretaris Daerah") if word in shown]
