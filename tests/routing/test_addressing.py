"""Whom a letter turns to, told from whom it speaks of."""

from __future__ import annotations

from time import perf_counter

import pytest

from workflows.domain.intake.submission import MESSAGE_MAX
from workflows.routing.conflict.matches import is_addressed

LONG = 0.2  # seconds, even on a busy machine


@pytest.mark.parametrize(
    "text",
    [
        "Mohon Inspektorat turun, ada pungli di Dishub",
        "Yth Inspektorat, ada pungli",
        "Lapor Inspektorat, pungli di kelurahan",
        "tolong inspektorat periksa dishub",
        "Sudah saya laporkan ke Inspektorat tapi tidak ada hasil",
        "Inspektorat tolong, pungli di terminal",
        "Inspektorat, ada pungli di Dishub",
        "kepada Inspektorat Kota Tangerang: petugas Dishub minta uang",
        "mengadu ke inspektorat soal suap",
        "Semoga inspektorat tegas",
        "Dear Inspektorat, an officer asked for money",
        "Inspektorat harus segera audit dinas PU",
        "Pak Inspektorat pungli di pasar makin parah",
        "Lapor pak inspektorat. Mohon inspektorat datang.",
    ],
)
def test_a_letter_turns_to_the_inspektorat(text: str) -> None:
    assert is_addressed(text, "inspektorat")


@pytest.mark.parametrize(
    "text",
    [
        "Inspektorat dan Dishub bersekongkol menerima suap",
        "pungli di inspektorat",
        "Pegawai setor ke inspektorat",
        "Inspektorat minta uang supaya temuan dihapus",
        "Kasusnya ditutupi Inspektorat, mohon KPK turun",
        "mohon periksa Inspektorat yang terima suap",
        "Saya sudah lapor ke inspektorat, tapi inspektorat malah minta uang",
        "Jalan rusak di depan kantor kami",
    ],
)
def test_a_letter_speaks_of_the_inspektorat_or_not_at_all(text: str) -> None:
    assert not is_addressed(text, "inspektorat")


@pytest.mark.parametrize(
    "text", ["Pak Wali Kota, mohon dibantu", "pak walikota tolong", "Yth. Bapak Walikota Tangerang,"]
)
def test_the_mayor_s_title_is_written_in_two_ways(text: str) -> None:
    assert is_addressed(text, "wali kota")


@pytest.mark.parametrize("piece", ["mohon ", "inspektorat ", "pak, ", "...", "lapor ke ", "aduan aduan "])
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * MESSAGE_MAX)[:MESSAGE_MAX] + " inspektorat"
    begun = perf_counter()
    is_addressed(text, "inspektorat")
    assert perf_counter() - begun < LONG
