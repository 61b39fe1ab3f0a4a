"""`/papan/<token>/rekap.csv`: a file that Excel in Indonesia opens, that adds up, and that harms nobody."""

from __future__ import annotations
import csv
import io

import pytest
from flask import Response

from functions.desk_summary import HEAD, STAGES, TOTAL, desk_summary
from tests.builders import complaint
from tests.functions.requests import get
from tests.functions.test_desk_board import ticket, token
from tests.workflows.world import World
from workflows.domain.complaint.model import CONFIRMED, State
from workflows.routing.load import FOLDER, read_files
from workflows.tables.versions import put_into_force

pytestmark = pytest.mark.slow

SECRET = "Petugas kelurahan minta uang kepada Siti Aminah"


def ask(world: World, query: str = "", link: str = "") -> Response:
    answer = desk_summary(get(f"/papan/{link or token(world)}/rekap.csv{query}"))
    assert isinstance(answer, Response)
    return answer


def rows(answer: Response) -> list[dict[str, str]]:
    """What a spreadsheet shows."""
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def three(laksa: World) -> World:
    restricted = complaint(State.ASSIGNED, "INSPEKTORAT", ticket=ticket(1), restricted=True, text=SECRET)
    done = complaint(State.CLOSED, ticket=ticket(2), closed_as=CONFIRMED, rating=4)
    laksa.put(restricted, done, complaint(State.IN_PROGRESS, ticket=ticket(3), place=SECRET))
    return laksa


def test_it_is_a_file_that_adds_up_and_names_nobody_for_the_board_alone(three: World) -> None:
    answer = ask(three)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rekap-laksa-semua-20260706.csv"'
    assert answer.get_data().startswith("\ufeffkode;opd;bulan;masuk;".encode())
    *each, whole = rows(answer)
    assert [(row["kode"], row["opd"], row["bulan"], row["masuk"]) for row in each] == [
        ("DLH", "DLH", "2026-07", "2"),
        ("INSPEKTORAT", "Inspektorat", "2026-07", "1"),
    ]
    assert whole["kode"] == TOTAL
    for row in (*each, whole):
        assert int(row["masuk"]) == sum(int(row[stage]) for stage in STAGES)
    numbers = [name for name in HEAD[3:] if "median" not in name and "rata-rata" not in name]
    assert all(int(whole[name]) == sum(int(row[name]) for row in each) for name in numbers)
    assert (whole["rata-rata nilai"], whole["median hari kerja sampai dijawab"]) == ("4,00", "0,0")
    text = ask(three).get_data(as_text=True)
    assert not any(word in text for word in ("Siti", "uang", "LKS-", ticket(1)))
    assert ask(three, link="x").status_code == 403
    assert ask(three, link=token(three, hours=0)).status_code == 410
    assert ask(three, link=three.token()).status_code == 403


def test_a_year_by_itself_and_what_is_none(three: World) -> None:
    assert [row["masuk"] for row in rows(ask(three, "?tahun=2026"))] == ["2", "1", "3"]
    assert [row["masuk"] for row in rows(ask(three, "?tahun=2025"))] == ["0"]
    for typed in ("26", "2026x", "99999", "²⁰²⁶", "-1", "020269", "02026", "1999", "3000", "2026\n1"):
        answer = ask(three, f"?tahun={typed}")
        assert (answer.status_code, "Tahun ini tidak terbaca" in answer.get_data(as_text=True)) == (422, True)


def test_a_department_s_name_cannot_be_a_formula(three: World) -> None:
    files = read_files(FOLDER)
    assert ",DLH,dinas," in files["departments.csv"]
    named = files["departments.csv"].replace(",DLH,dinas,", ",=DLH(1),dinas,")
    put_into_force(three.store, files | {"departments.csv": named}, "", three.clock.now())
    assert rows(ask(three))[0]["opd"] == "'=DLH(1)"


def test_an_answer_in_time_and_a_late_one_stand_apart(laksa: World) -> None:
    answered = complaint(State.ANSWERED, ticket=ticket(1))
    assert answered.deadlines.answer_by
    late = answered.evolve(ticket=ticket(2), answered_at=answered.deadlines.answer_by.replace(minute=59))
    laksa.put(answered, late)
    row, _ = rows(ask(laksa))
    assert (row["dijawab tepat waktu"], row["dijawab terlambat"]) == ("1", "1")
