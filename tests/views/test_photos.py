"""Photos on the pages: where they stand, whose they are, and what is said of those that were left out."""

from __future__ import annotations
from typing import Any

from functions.views.desk.page import desk_page
from functions.views.officer.page import officer_page
from tests.views.html_checks import check_page
from tests.views.page_cases import PATH, STORIES, Story
from workflows.domain.complaint.records import LeftOut, PhotoFacts, entry_facts, numbered
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, EventName, TimelineEvent, transition


def received(*left_out: LeftOut, photos: int = 0) -> TimelineEvent:
    facts = entry_facts([PhotoFacts(n, CITIZEN) for n in range(1, photos + 1)], left_out)
    return TimelineEvent(EventName.RECEIVED, CITIZEN, facts=facts)


def with_proof() -> Story:
    """A case to which its department has added a photo."""
    story = STORIES["in_progress"]()
    photos = numbered(story.complaint.photos, [PhotoFacts(0, DEPARTMENT, width=640, height=480)])
    entry = TimelineEvent(EventName.PROGRESS, DEPARTMENT, opd="DISHUB", facts=entry_facts(photos[2:]))
    return story.do(transition(story.complaint, story.now, entry, photos=photos))


def images(source: str) -> list[dict[str, Any]]:
    return [dict(image) for image in check_page(source).all("img")]


def test_officer_and_desk_see_the_citizens_photos_with_text_and_history() -> None:
    story = with_proof()
    for source in (officer_page(story.ctx, story.case, "department"), desk_page(story.ctx, story.case)):
        found = images(source)
        assert [image["alt"] for image in found[:2]] == ["Foto 1 dari pelapor", "Foto 2 dari pelapor"]
        assert [image["src"] for image in found[2:]] == [f"{PATH}/foto/{n}?kecil=1" for n in (3, 1, 2)]
        assert source.index("<img") < source.index("Jl. Rasuna")
