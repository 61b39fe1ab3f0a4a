"""Which cases become letters to learn from, and what is taken out of their words."""

from __future__ import annotations

import pytest

from tests.workflows.world import World
from workflows.collection_names import REPORTERS
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.redaction import without_reporter_name
from workflows.office import casework
from workflows.records.corrections import Correction, corrections

TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."
VAGUE = "Tolong ditindaklanjuti seperti yang kemarin itu ya pak."
BRIBE = "Petugas kelurahan minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuatkan."
CALL = " Hubungi 0812 3456 7890 atau budi.s@contoh.example, NIK 3671012345670001, mobil B 1234 XYZ."


def sent(world: World, text: str, name: str = "") -> str:
    """The ticket of a report that has been routed."""
    ticket = world.submit(Submission(text, name=name, email="warga@contoh.example")).ticket
    world.work()
    return ticket


def office(world: World, ticket: str, action: str, to: str = "") -> None:
    token = world.token(ticket, assignment_no=world.case(ticket).assignment_no)
    casework.perform_action(world.services, token, OfficerAct(action, message="Sudah kami lihat.", to=to))


def operator(world: World, ticket: str, act: DeskAct) -> None:
    world.desk(act, ticket, assignment_no=world.case(ticket).assignment_no)


def learnt(world: World, restricted: bool = False) -> list[tuple[str, str]]:
    return [(letter.opd, letter.kind) for letter in corrections(world.store, restricted).letters]


def test_a_forwarded_case_counts_for_whoever_accepts_it_and_not_before(world: World) -> None:
    ticket = sent(world, TRASH)
    office(world, ticket, "forward", to="PDPASAR")
    assert learnt(world) == []
    office(world, ticket, "acknowledge")
    assert learnt(world) == [("PDPASAR", "complaint")]


def test_a_case_given_back_counts_for_whom_the_operator_gave_it_to(world: World) -> None:
    ticket = sent(world, TRASH)
    office(world, ticket, "not-ours")
    assert learnt(world) == []
    operator(world, ticket, DeskAct("assign", "KEC-CILEDUG"))
    office(world, ticket, "answer")
    assert learnt(world) == [("KEC", "complaint")]


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (DeskAct("external", "PLN"), [("EXTERNAL", "complaint")]),
        (DeskAct("reject", reason="unclear"), [("DESK", "unclear")]),
        (DeskAct("reject", reason="thanks"), [("DESK", "praise")]),
        (DeskAct("reject", reason="not_a_report"), [("DESK", "not_for_government")]),
        (DeskAct("reject", reason="in_court"), []),
        (DeskAct("reject", reason="private_matter"), []),
    ],
    ids=lambda value: "-".join((value.action, value.to or value.reason)) if isinstance(value, DeskAct) else "",
)
def test_what_an_operator_ended_is_learnt_from(world: World, act: DeskAct, label: list[tuple[str, str]]) -> None:
    operator(world, sent(world, VAGUE), act)
    assert learnt(world) == label


def test_restricted_cases_are_counted_and_left_out_unless_asked_for(world: World) -> None:
    ticket = sent(world, BRIBE)
    office(world, ticket, "forward", to="BKPSDM")
    office(world, ticket, "acknowledge")
    assert corrections(world.store).restricted == 1
    assert learnt(world) == []
    assert learnt(world, restricted=True) == [("BKPSDM", "complaint")]


def test_numbers_addresses_and_the_reporter_s_name_are_taken_out(world: World) -> None:
    ticket = sent(world, VAGUE + CALL + " Saya, BUDI santoso, sudah bosan.", name="Budi Santoso")
    assert (world.store.get(REPORTERS, ticket) or {})["name"] == "Budi Santoso"
    operator(world, ticket, DeskAct("assign", "DLH"))
    office(world, ticket, "acknowledge")
    (letter,) = corrections(world.store).letters
    assert letter == Correction(
        text=VAGUE
        + " Hubungi [nomor HP disamarkan] atau [email disamarkan], NIK [NIK disamarkan],"
        + " mobil [pelat disamarkan]. Saya, [nama disamarkan], sudah bosan.",
        opd="DLH",
        also="",
        urgent="no",
        accuses="",
        kind="complaint",
    )


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Kata Siti lampu mati.", "Siti Aminah", "Kata [nama disamarkan] lampu mati."),
        ("Situasi di gang ini gelap.", "Siti", "Situasi di gang ini gelap."),
        ("Ibu SITI AMINAH, RT 02", "siti aminah", "Ibu [nama disamarkan], RT 02"),
        ("Di Jalan Al Hidayah.", "Al", "Di Jalan Al Hidayah."),
        ("Tanpa nama.", "", "Tanpa nama."),
    ],
)
def test_a_name_goes_as_whole_words_however_it_is_written(text: str, name: str, left: str) -> None:
    assert without_reporter_name(text, name) == left
