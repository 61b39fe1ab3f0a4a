"""`laksa export --subject`: all that is held on one person, and nothing of anybody else."""

from __future__ import annotations
import json
from typing import Any

import pytest

from cli.main import main
from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.citizen import intake
from workflows.citizen.data_requests import requests_of, take_in
from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.domain.privacy.data_request import COPY, DataAct
from workflows.domain.privacy.redaction import OPEN

Captured = pytest.CaptureFixture[str]
SITI = Submission("x", "Siti", "Siti@contoh.example", "+6281234567890", contact=True)
BUDI = Submission("x", "Budi", "budi@contoh.example", "+6281234567891")
OTHER = "LKS-0000-0000-0"
PHOTOS = (PhotoFacts(1, "citizen", name="a.jpg"), PhotoFacts(2, "unit", name="draft.jpg"))


def put_letter(laksa: World, ticket: str, role: str) -> None:
    at = laksa.clock.now()
    letter = Notice(
        f"{ticket}.1.receipt.{role}", ticket, 1, "receipt", role, state=NoticeState.SENT, created_at=at, sent_at=at
    )
    laksa.store.transact(lambda tx: tx.create(NOTICES, letter.id, letter.to_document()))


@pytest.fixture
def city(laksa: World) -> World:
    """A report of Siti's that is worked on, and one of Budi's."""
    for ticket, who, text in ((TICKET, SITI, "Sampah menumpuk di gang."), (OTHER, BUDI, "Rahasia milik Budi.")):
        laksa.put(complaint(State.IN_PROGRESS, ticket=ticket, text=text, consent=who.contact, photos=PHOTOS))
        laksa.store.transact(lambda tx, t=ticket, w=who: tx.create(REPORTERS, t, intake.reporter(w)))  # type: ignore[misc]
        put_letter(laksa, ticket, "citizen")
        put_letter(laksa, ticket, "department")
    came = {"notice": f"{TICKET}.1.receipt.citizen", "state": "read", "came_at": laksa.clock.now(), "outcome": "added"}
    laksa.store.transact(lambda tx: tx.create(INBOUND, "m", came))
    laksa.citizen(CitizenAct("add", "Juga di gang sebelah."))
    laksa.office(OfficerAct("contact", officer="Rani", reason="Perlu alamat."))
    return laksa


def exported(capsys: Captured, typed: str) -> dict[str, Any]:
    assert main(["export", "--subject", typed]) == 0
    out, err = capsys.readouterr()
    assert not err
    return dict(json.loads(out))


@pytest.mark.parametrize("typed", ["siti@contoh.example", "SITI@CONTOH.EXAMPLE", "0812 3456 7890", "+6281234567890"])
def test_a_person_gets_every_report_of_theirs_and_nobody_elses(city: World, capsys: Captured, typed: str) -> None:
    shape = exported(capsys, typed)
    assert [report["ticket"] for report in shape["reports"]] == [TICKET]
    assert [word for word in ("Budi", "7891", OTHER) if word in json.dumps(shape)] == []


def test_it_is_all_we_hold_but_what_is_only_the_offices(city: World, capsys: Captured) -> None:
    (report,) = exported(capsys, "siti@contoh.example")["reports"]
    assert report["message"] == "Sampah menumpuk di gang."
    assert report["contact"] == {"name": "Siti", "email": "Siti@contoh.example", "phone": "+6281234567890"}
    assert report["consents"] == {"contact": True, "visibility": "confidential"}
    assert [line["text"] for line in report["timeline"]] == ["Juga di gang sebelah.", "Perlu alamat."]
    assert report["letters"][0] == {
        "template": "receipt",
        "state": "sent",
        "asked_at": "2026-07-06T09:00:00+07:00",
        "sent_at": "2026-07-06T09:00:00+07:00",
    }
    assert report["mails_received"] == [{"at": "2026-07-06T09:00:00+07:00", "outcome": "added"}]
    assert {letter["template"] for letter in report["letters"]} == {"receipt", "contact_shown"}
    assert report["photos"] == [{"n": 1, "by": "citizen", "file": "photos/a.jpg"}]
    assert "Rani" not in json.dumps(report)


def test_what_was_asked_about_it_is_there_as_it_was_written(city: World, capsys: Captured) -> None:
    words = "Saya Siti minta salinan."
    take_in(city.services, TICKET, city.key(), DataAct(COPY, words))
    (report,) = exported(capsys, "siti@contoh.example")["reports"]
    assert [asked["message"] for asked in report["data_requests"]] == [words]
    assert OPEN in requests_of(city.store, TICKET)[0].message


def test_nothing_held_is_an_answer(city: World, capsys: Captured) -> None:
    shape = exported(capsys, "Nobody@contoh.example")
    assert (shape["subject"], shape["reports"]) == ({"email": "nobody@contoh.example"}, [])


@pytest.mark.parametrize("typed", ["Siti", "", "112"])
def test_neither_address_nor_number_ends_with_2(city: World, capsys: Captured, typed: str) -> None:
    assert main(["export", "--subject", typed]) == 2
    assert capsys.readouterr() == ("", "laksa: neither an e-mail address, a phone number nor the number of a report\n")
