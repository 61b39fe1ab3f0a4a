"""Who answers at the desk may ask for nothing; what accuses them is not theirs to read."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, judge_that_says, named, with_rows
from tests.sentences import sentences

AGAINST_THE_DESK = sentences("own_desk", "against_the_desk")


@pytest.mark.parametrize("text", AGAINST_THE_DESK)
def test_what_accuses_the_desk_is_read_by_the_inspektorat_alone(text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", "DISKOMINFO", True)
    assert (decision.desk, decision.confident) == (False, True)
    assert "DISKOMINFO" not in named(decision)


@pytest.mark.parametrize("text", AGAINST_THE_DESK[:4])
def test_no_weights_lead_it_back_to_the_desk(text: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says(DISKOMINFO=9.0)))
    assert (decision.opd, decision.desk, decision.accuses) == ("INSPEKTORAT", False, "DISKOMINFO")


ONLY_SOUNDS_SO = sentences("own_desk", "only_sounds_so")


@pytest.mark.parametrize("text", ONLY_SOUNDS_SO)
def test_what_only_sounds_so_stays_with_the_desk_or_the_matters_office(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.desk, decision.kept_out) == (None, True, ())


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Halo admin Laksa, petugas kelurahan minta uang buat surat pindah", "KEC"),
        ("Petugas Satpol PP minta setoran ke penjual laksa di Pasar Lama", "SATPOLPP"),
        ("Saya mengadu lewat Laksa: pegawai dukcapil minta uang 200 ribu", "DISDUKCAPIL"),
        ("Tolong operator Laksa teruskan, petugas dishub minta uang waktu uji KIR", "DISHUB"),
    ],
)
def test_who_is_only_written_to_is_not_accused_beside_another_office(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.desk) == (accuses, True)
    assert "DISKOMINFO" not in decision.kept_out


def test_who_is_accused_together_with_the_desk_is_kept_out_as_well() -> None:
    decision = decided("Operator Laksa minta uang 200 ribu, petugas dishub juga minta uang")
    assert {"DISKOMINFO", "DISHUB"} <= set(decision.kept_out)
    assert not decision.desk


def test_an_impostor_may_be_an_insider_and_the_reasons_say_so() -> None:
    impostor, plain = decided(AGAINST_THE_DESK[-1]), decided(AGAINST_THE_DESK[0])
    assert any("orang luar" in why for why in impostor.why)
    assert not any("orang luar" in why for why in plain.why)


def test_a_city_names_its_own_desk_and_whose_it_is() -> None:
    table = with_rows(accusations="desk,ruang curhat warga,SETDA")
    assert decided("Petugas ruang curhat warga minta uang rokok", table=table).accuses == "SETDA"
