"""Made-up letters, in plain words, slang and with typos, reach the department they belong to."""

from __future__ import annotations
from collections import Counter

import pytest

from tests.routing.given import TABLE, decided, decided_row, letters
from tests.sentences import sentences
from workflows.routing.model import Decision

MAY_MISS = 0.03


def missed() -> list[tuple[dict[str, str], Decision]]:
    """The letters that go elsewhere, with their decisions."""
    pairs = [(row, decided_row(row)) for row in letters()]
    return [(row, decision) for row, decision in pairs if decision.opd != row["opd"]]


def told(misses: list[tuple[dict[str, str], Decision]]) -> list[str]:
    return [f"{row['text']}: {decision.opd} instead of {row['opd']}" for row, decision in misses]


def test_nearly_every_letter_reaches_its_department() -> None:
    misses = missed()
    assert len(misses) <= MAY_MISS * len(letters()), told(misses)


def test_a_misleading_letter_is_read_by_an_operator_offered_the_right_one() -> None:
    assert told([(row, decision) for row, decision in missed() if decision.confident]) == []
    for row, decision in missed():
        assert row["opd"] in {"DESK", *(code for code, _ in decision.suggestions()[:3])}, row["text"]


def test_every_department_has_at_least_two_letters() -> None:
    written = Counter(row["opd"] for row in letters())
    assert len(letters()) >= 150
    offices = TABLE.departments.departments.values()
    receiving = {found.code for found in offices if found.kind != "office"} | {"DESK"}
    assert {code: n for code in receiving if (n := written[code]) < 2} == {}


def test_at_least_four_of_five_of_them_need_no_operator() -> None:
    sure = [decided_row(row).confident for row in letters() if row["opd"] != "DESK"]
    assert sum(sure) / len(sure) >= 0.8


@pytest.mark.parametrize("text", ["", " ", "…", "12345", "mohon bantuannya", "selamat pagi pak", "👍👍", "Keren ya"])
def test_a_text_that_says_nothing_goes_to_the_desk_with_three_departments(text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.confident) == ("DESK", False)
    assert len({code for code, _ in decision.suggestions()} - {"EXTERNAL"}) >= 3


def test_a_kecamatan_that_the_text_does_not_name_is_left_to_the_desk() -> None:
    decision = decided("Lurah jarang di tempat, surat pengantar saya belum ditandatangani")
    assert (decision.opd, decision.confident) == ("KEC", False)
    assert "kelurahan dan kecamatan belum diketahui" in decision.why
    assert len(decision.suggestions()) >= 3


@pytest.mark.parametrize(("text", "place", "kelurahan", "first"), sentences("letters", "the_desk_is_first_offered_the"))
def test_the_desk_is_first_offered_the_kecamatan_that_any_name_could_mean(
    text: str, place: str, kelurahan: str | None, first: str
) -> None:
    decision = decided(text, place, kelurahan)
    best = decision.suggestions()[0]
    assert (decision.opd, best[0]) == ("KEC", first)
    assert best[1] > 0


def test_without_a_name_come_the_runners_up_and_those_that_words_hint_at() -> None:
    decision = decided("Pelayanan kelurahan lama, surat domisili buat daftar bansos belum jadi juga")
    offered = [code for code, _ in decision.suggestions()]
    scores = [score for _, score in decision.suggestions()]
    assert decision.opd == "KEC"
    assert "DINSOS" in offered[:2]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 3


def test_the_name_of_the_city_is_no_kecamatan_to_offer() -> None:
    decision = decided("Lurah di kota Tangerang jarang di kantor, surat pengantar belum jadi")
    assert not [code for code, _ in decision.suggestions() if code.startswith("KEC-")]


def test_two_matters_in_one_letter_name_the_second_department_as_well() -> None:
    decision = decided("Lampu jalan mati dan got mampet di gang kami, dua-duanya sudah sebulan")
    assert {decision.opd, *decision.also} >= {"DISHUB", "PUPR"}


def test_a_landmark_is_not_the_matter() -> None:
    assert decided("Jalan berlubang di depan puskesmas").opd == "PUPR"
    assert decided("Lampu jalan mati dekat stasiun").opd == "DISHUB"


@pytest.mark.parametrize(("text", "external"), sentences("letters", "a_matter_of_others_names"))
def test_a_matter_of_others_names_the_institution(text: str, external: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.external) == ("EXTERNAL", external)


def test_a_road_whose_owner_is_in_doubt_is_left_to_the_desk() -> None:
    decision = decided("Jalan Imam Bonjol berlubang parah")
    assert (decision.opd, decision.confident) == ("EXTERNAL", False)
    assert "PUPR" in decision.also


def test_reasons_quote_the_table_and_name_the_place() -> None:
    decision = decided("lampu jln mati total", "RT 3/05", "36.71.01.1005")
    assert decision.why[0].startswith("menyebut “lampu")
    assert "lokasi: RT 03/RW 05, Kelurahan Cikokol, Kecamatan Tangerang" in decision.why


def test_what_a_citizen_reads_is_the_label_of_the_category_alone() -> None:
    decision = decided("Jalan di depan rumah Bu Sari berlubang")
    assert decision.reason_public == "Jalan rusak / berlubang"
