"""holidays.csv: each day once, each with an effect; a year is told when its cuti bersama first come."""

from __future__ import annotations

import pytest

from tests.routing.check.small import SMALL, check_small

pytestmark = pytest.mark.slow

HEAD = "date,kind,name\n"
LEAVE = "2028-12-26,cuti_bersama,Natal\n"


def told(rows: str, base: str = HEAD) -> list[tuple[str, bool]]:
    """Each finding without its file, and whether it is a warning."""
    checked = check_small({"holidays.csv": (HEAD + rows).encode()}, SMALL | {"holidays.csv": base})
    return [(str(f).removeprefix("holidays.csv:"), f.warning) for f in checked.findings]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("12/26/2028,libur,Natal\n", "2:1 (kolom date): “12/26/2028” bukan tanggal – tahun-bulan-hari seperti "),
        ("2128-12-26,libur,Natal\n", "2:1 (kolom date): tahun 2128 di luar batas – 2020 sampai 2099"),
        ("9999-12-28,cuti_bersama,Natal\n", "2:1 (kolom date): tahun 9999 di luar batas – 2020 sampai 2099"),
        ("2028-12-27,cuti,Natal\n", "2:2 (kolom kind): “cuti” bukan pilihan – "),
        ("2028-12-27,libur,\n", "2:3 (kolom name): sel ini tidak boleh kosong – isilah"),
        (
            "2028-12-27,libur,a\n27/12/2028,libur,b\n",
            "3:1 (kolom date): 2028-12-27 sudah ada di baris 2 – hapus salah satunya",
        ),
    ],
)
def test_a_mistake_is_named_with_its_cell(rows: str, message: str) -> None:
    ((found, warning),) = told(rows)
    assert found.startswith(message) and not warning


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("2028-12-23,libur,Sabtu\n", "jatuh pada akhir pekan"),
        ("2026-12-25,libur,Natal\n", "memang libur nasional (Hari Raya Natal)"),
        ("2028-08-17,libur,Kemerdekaan\n", "memang libur nasional (Hari Kemerdekaan Republik Indonesia)"),
        ("2028-12-27,masuk,Batal\n", "memang hari kerja"),
        ("2099-12-28,masuk,Batal\n", "memang hari kerja"),
    ],
)
def test_a_day_without_effect_is_told(rows: str, message: str) -> None:
    ((found, warning),) = told(rows)
    assert message in found and warning


def test_a_year_is_told_once_when_its_cuti_bersama_come() -> None:
    ((found, warning),) = told(LEAVE)
    assert "cuti bersama 2028: 1 hari; dengan ini tahun 2028 dianggap lengkap" in found and warning
    assert told(LEAVE, HEAD + LEAVE) == []


def test_a_year_that_the_library_knows_is_not_told() -> None:
    assert told("2026-12-28,cuti_bersama,Tambahan\n") == []
