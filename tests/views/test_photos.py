"""Photos on the pages: where they stand, whose they are, and what is said of those that were left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.views.citizen.page import citizen_page
from functions.views.desk.page import desk_page
from functions.views.officer.page import officer_page
from functions.views.shared.forms import WHY, left_out_words
from tests.views.html_checks import check_page
from tests.views.page_cases import KEY, PATH, STORIES, Story, sent
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


def test_the_citizen_sees_each_photo_beside_what_it_came_with() -> None:
    story = with_proof()
    source = citizen_page(story.ctx, story.case, KEY, lang="id")
    found = images(source)
    assert [image["src"] for image in found] == [f"{PATH}/foto/{n}?kecil=1" for n in (3, 1, 2)]
    assert [image["alt"] for image in found] == ["Foto 3 dari OPD", "Foto 1 dari Anda", "Foto 2 dari Anda"]
    assert f'<a href="{PATH}/foto/2"><img' in source


def test_a_thumbnail_has_its_place_before_it_is_loaded() -> None:
    story = STORIES["received"]()
    wide, high = images(citizen_page(story.ctx, story.case, KEY, lang="en"))
    assert (wide["width"], wide["height"]) == ("152", "114")
    assert (high["width"], high["height"]) == ("86", "152")
    assert wide["alt"] == "Photo 1 from you"


def test_officer_and_desk_see_the_citizens_photos_with_text_and_history() -> None:
    story = with_proof()
    for source in (officer_page(story.ctx, story.case, "department"), desk_page(story.ctx, story.case)):
        found = images(source)
        assert [image["alt"] for image in found[:2]] == ["Foto 1 dari pelapor", "Foto 2 dari pelapor"]
        assert [image["src"] for image in found[2:]] == [f"{PATH}/foto/{n}?kecil=1" for n in (3, 1, 2)]
        assert source.index("<img") < source.index("Jl. Rasuna")


def test_a_page_that_does_not_know_where_it_is_shows_none() -> None:
    story = with_proof()
    case = replace(story.case, path="")
    assert images(officer_page(story.ctx, case, "department")) == []


def test_a_case_without_photos_has_no_room_for_them() -> None:
    story = sent(photos=())
    assert "<img" not in citizen_page(story.ctx, story.case, KEY, lang="id")
    assert "<img" not in officer_page(story.ctx, story.case, "department")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (received(), []),
        (received(photos=2), []),
        (received(LeftOut(1, "too_large")), ["Laporan Anda terkirim tanpa foto: lebih dari 8 MB."]),
        (received(LeftOut(2, "damaged"), photos=1), ["Laporan Anda terkirim tanpa foto ke-2: berkasnya rusak."]),
        (
            received(LeftOut(4, "too_many"), LeftOut(5, "too_many"), photos=3),
            ["Paling banyak 3 foto; foto lainnya tidak ikut terkirim."],
        ),
        (
            TimelineEvent(EventName.ANSWERED, DEPARTMENT, facts=entry_facts((), [LeftOut(1, "not_a_photo")])),
            ["Terkirim tanpa foto: bukan JPEG, PNG atau WebP."],
        ),
    ],
)
def test_a_photo_that_was_left_out_is_named_with_the_reason(entry: TimelineEvent, words: list[str]) -> None:
    assert left_out_words(entry, "id") == words


@pytest.mark.parametrize("why", WHY)
def test_every_reason_is_said_in_english_too(why: str) -> None:
    (words,) = left_out_words(received(LeftOut(2, why), photos=1), "en")
    assert words.startswith("Your report was sent without photo 2: ")
    assert WHY[why] not in words
