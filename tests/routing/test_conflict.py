"""Money and abused power: past the accused office to the Inspektorat, and nobody else is accused by mistake."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE, decided, judge_that_says, with_rows
from tests.sentences import sentences
from workflows.routing.learned.classifier import Classifier

ACCUSED = sentences("conflict", "accused")


@pytest.mark.parametrize(("text", "accuses"), ACCUSED)
def test_an_accusation_goes_to_the_inspektorat_and_keeps_the_accused_out(text: str, accuses: str) -> None:
    decision = decided(text)
    named = {decision.opd, *decision.also, *(code for code, _ in decision.top)}
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", accuses, True)
    assert decision.category == "pungli"
    assert accuses not in named
    assert not any(code.startswith("KEC") for code in named)


def test_nobody_is_copied_in_and_no_superior_is_suggested() -> None:
    for text, _ in ACCUSED:
        decision = decided(text)
        assert decision.also == ()
        assert "SETDA" not in dict(decision.top)
    assert "DINKES" not in dict(decided("Perawat RSUD minta uang agar dapat kamar").top)


@pytest.mark.parametrize(
    ("place", "kelurahan", "accuses"),
    [
        ("Kelurahan Sudimara Pinang", None, "KEC-PINANG"),
        ("", "36.71.06.1003", "KEC-CILEDUG"),
        ("Kec. Karang Tengah", None, "KEC-KARANGTENGAH"),
    ],
)
def test_the_accused_kecamatan_is_named_where_it_is_known(place: str, kelurahan: str | None, accuses: str) -> None:
    decision = decided("RT dan kelurahan minta uang untuk surat nikah", place, kelurahan)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert accuses not in {decision.opd, *decision.also, *(code for code, _ in decision.top)}


def test_the_inspektorat_itself_is_never_its_own_judge() -> None:
    decision = decided("Auditor Inspektorat terima suap dari kontraktor")
    assert (decision.opd, decision.accuses, decision.confident) == ("EXTERNAL", "INSPEKTORAT", False)
    assert "INSPEKTORAT" not in {*decision.also, *(code for code, _ in decision.top)}


def test_extortion_by_nobody_in_particular_is_restricted_and_at_the_desk() -> None:
    decision = decided("Banyak pungli di sini")
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", None, False)
    assert decision.restricted


@pytest.mark.parametrize(("text", "opd", "also"), sentences("conflict", "what_only_sounds_like_it"))
def test_what_only_sounds_like_it_stays_with_its_own_office(text: str, opd: str, also: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)
    assert also in decision.also


@pytest.mark.parametrize(("text", "opd"), sentences("conflict", "fees_questions_and_other_peoples"))
def test_fees_questions_and_other_peoples_money_accuse_no_official(text: str, opd: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)


def test_words_of_suspicion_without_an_accused_are_read_by_an_operator() -> None:
    decision = decided("Jalan rusak terus, dananya pasti kongkalikong")
    assert (decision.opd, decision.accuses, decision.confident) == ("PUPR", None, False)


def test_an_unsure_accusation_leaves_the_matters_own_office_as_a_choice() -> None:
    decision = decided("Sampah tidak diangkut, ini sudah banyak pungli")
    assert not decision.confident
    assert {"DLH", "INSPEKTORAT"} <= {decision.opd, *decision.also, *dict(decision.top)}


@pytest.mark.parametrize("text", sentences("conflict", "an_accusation_in_other_words"))
def test_an_accusation_in_other_words_is_restricted_and_reaches_no_office(text: str) -> None:
    decision = decided(text)
    assert decision.restricted
    assert not decision.confident or decision.opd in ("INSPEKTORAT", "EXTERNAL")


def test_who_says_that_nobody_asked_for_money_accuses_nobody() -> None:
    assert decided("Jalan berlubang di Cipondoh, tidak ada petugas yang minta uang").opd == "PUPR"


OF_A_SCHOOL = sentences("conflict", "of_a_school")


@pytest.mark.parametrize("text", OF_A_SCHOOL)
@pytest.mark.parametrize("judge", [TABLE.judge, judge_that_says(DISDIK=9.0)], ids=["shipped", "hostile"])
def test_a_school_s_own_people_are_accused_whatever_the_weights_say(text: str, judge: Classifier) -> None:
    decision = decided(text, table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", "DISDIK", True)


ITS_OWN_PEOPLE = sentences("conflict", "its_own_people")


@pytest.mark.parametrize(("text", "office"), ITS_OWN_PEOPLE)
def test_no_weight_sends_an_office_what_its_own_people_may_have_done(text: str, office: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says("complaint", **{office: 9.0})))
    assert not decision.confident or decision.opd == "INSPEKTORAT"


IN_OTHER_WORDS = sentences("conflict", "in_other_words")


@pytest.mark.parametrize(("text", "accuses"), IN_OTHER_WORDS)
def test_people_have_many_words_for_a_bribe(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert {accuses, "SETDA"} <= set(decision.kept_out)
    assert accuses not in {decision.opd, *decision.also, *(code for code, _ in decision.top)}


@pytest.mark.parametrize(("text", "government"), sentences("conflict", "another_government_s_people_are"))
def test_another_government_s_people_are_that_government_s(text: str, government: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.external, decision.accuses) == ("EXTERNAL", government, None)


def test_the_citys_own_office_is_meant_where_the_city_is_named() -> None:
    for text in (
        "Petugas Dishub Kota Tangerang minta uang 50 ribu",
        "Di daerah Serpong saya distop petugas Dishub dan minta uang",
    ):
        assert (decided(text).opd, decided(text).accuses) == ("INSPEKTORAT", "DISHUB")


@pytest.mark.parametrize("text", sentences("conflict", "who_thanks_for_not_being"))
def test_who_thanks_for_not_being_asked_accuses_nobody(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.kept_out, decision.restricted) == (None, (), False)
    assert decision.opd != "INSPEKTORAT"


@pytest.mark.parametrize(("text", "opd"), sentences("conflict", "words_that_only_sound_like"))
def test_words_that_only_sound_like_a_bribe_accuse_nobody(text: str, opd: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == (opd, None, False)
