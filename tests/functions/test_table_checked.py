"""What an operator uploads as a routing table is checked: each mistake is told with its place, nothing is kept."""

from __future__ import annotations
from random import Random
from string import ascii_lowercase

import pytest

from functions.web.http import MAX_FILE_BYTES
from tests.builders import complaint
from tests.functions.tables_sent import FILES, JSON, LAMP, LAMPS, check, form_of, send, text
from tests.functions.test_desk_board import ticket
from tests.workflows.world import World, table
from workflows.collection_names import ROUTING
from workflows.ports import Query
from workflows.routing.route_complaint import route

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("slang.csv", "word,means\n"), ("slang.csv", "word,means\n")], "berkas ini diberikan dua kali"),
        ([("phrases.csv", b"x" * (MAX_FILE_BYTES + 1))], "berkas ini lebih dari 2 MB"),
        ([("tabel.xlsx", b"PK\x03\x04")], "berkas ini buku kerja, bukan CSV"),
        ([("C:\\Unduhan\\<b>x.csv", b"a")], "&lt;b&gt;x.csv, baris 1"),
        ([("departments.csv", b"\xff\xfe\x00")], "UTF-16"),
        ([("departments.csv", b"")], "kosong"),
    ],
    ids=["twice", "large", "workbook", "hostile name", "utf-16", "empty"],
)
def test_what_is_no_file_of_the_table_is_named(laksa: World, files: list[tuple[str, str | bytes]], words: str) -> None:
    answer = check(laksa, *files)
    assert (answer.status_code, words in text(answer)) == (422, True)
    assert form_of(text(answer), "apply") == {}


def test_without_a_file_or_a_known_action_the_page_says_what_to_do(laksa: World) -> None:
    assert "Pilih dulu berkas CSV" in text(check(laksa))
    assert "Pilihan ini tidak ada" in text(send(laksa, action="delete"))
    assert send(laksa, action="rollback").status_code == 422
    problem = check(laksa, accept=JSON)
    assert (problem.status_code, problem.get_json()["errors"][0]["code"]) == (422, "no_file")


def test_a_table_that_no_document_could_hold_is_refused_in_words(laksa: World) -> None:
    luck = Random(1)
    words = ("".join(luck.choices(ascii_lowercase, k=13)) for _ in range(140_000))
    noise = "".join(f"{word},{next(words)}\n" for word in words)
    answer = check(laksa, ("slang.csv", FILES["slang.csv"] + noise))
    assert (answer.status_code, "terlalu besar untuk disimpan" in text(answer)) == (422, True)
    assert laksa.store.query(Query(ROUTING)) == []


def test_a_restricted_report_is_counted_and_its_number_not_named(laksa: World) -> None:
    laksa.put(complaint(ticket=ticket(7)).evolve(text=LAMP))
    route(laksa.services, ticket(7), table())
    laksa.put(laksa.case(ticket(7)).evolve(restricted=True))
    page = text(check(laksa, ("categories.csv", LAMPS)))
    assert "1 di antaranya laporan terbatas" in page and ticket(7) not in page
    replay = check(laksa, ("categories.csv", LAMPS), accept=JSON).get_json()["replay"]
    assert replay == {"complaints": 1, "moved": [], "moved_restricted": 1}
