"""What a city edits acts at once, with the same learned weights."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE, decided, decided_row, examples, with_rows
from workflows.routing.decide import decide
from workflows.routing.model import Letter

pytestmark = pytest.mark.slow


NEW = {
    "departments": "DISTRANS,Dinas Transmigrasi,Distrans,dinas,Kepala Distrans,,,,,",
    "categories": "transmigrasi,Program transmigrasi,Resettlement,DISTRANS,,no",
    "phrases": "transmigrasi,transmigrasi|transmigran,6,any\ntransmigrasi,lahan usaha dua,4,any",
}


@pytest.mark.parametrize(
    "text",
    [
        "Saya daftar transmigrasi sejak Januari, belum ada kabar keberangkatan.",
        "Apakah program transmigrasi ke Kalimantan masih dibuka untuk keluarga dengan tiga anak?",
        "Calon transmigran dijanjikan uang saku, sampai sekarang belum cair.",
        "Bapak saya transmigran lama, lahan usaha dua belum pernah dibagikan.",
    ],
)
def test_a_department_the_weights_never_saw_receives_its_letters(text: str) -> None:
    decision = decided(text, table=with_rows(TABLE.judge, **NEW))
    assert (decision.opd, decision.category, decision.confident) == ("DISTRANS", "transmigrasi", True)


def test_a_new_department_takes_nothing_but_its_own() -> None:
    table = with_rows(TABLE.judge, **NEW)
    for row in examples()[::9]:
        assert decide(Letter(row["text"]), table).opd == decided_row(row).opd
