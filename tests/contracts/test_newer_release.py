"""During a roll-out a newer release runs beside this one: what it has stored is read, acted on, and kept."""

from __future__ import annotations
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ANSWER_BY, MONDAY, TICKET, complaint
from tests.inbound.samples import raw_bounce
from tests.pictures.given import phone_photo
from tests.workflows.world import World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.citizen import tracking
from workflows.citizen.data_requests import answer, take_in
from workflows.citizen.staged_photos import keep
from workflows.clock import deadlines
from workflows.collection_names import COMPLAINTS, DATA_REQUESTS, INBOUND, KEPT_PHOTOS, NOTICES, ROUTING, SYSTEM
from workflows.domain.actions import undo_window
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import Arrival, PendingAssignment, PhotoFacts
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.documents import SCHEMA
from workflows.domain.notifications.notice import NoticeState, queued
from workflows.domain.privacy.data_request import COPY, DONE, DataAct, DataAnswer
from workflows.mail import inbound_mail
from workflows.office import casework
from workflows.ports import Document, Query, Store, Transaction
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import CURRENT, current_version
from workflows.tables.versions import NEW, put_into_force, take_back
from workflows.unit_of_work import timeline_of

ADDED = {"of_the_next_release": {"score": 0.5, "words": ["satu", "dua"]}, "schema": SCHEMA + 1}
"""What the newer release stores in every map of a document."""
DATED = ("tabled", "renewed", "erased")
"""Maps from codes to moments, which are no records."""
NAME = "of_the_next_release"


@pytest.fixture
def city(store: Store, tmp_path: Path) -> World:
    """A complaint at a department, with every kind of record in it, as the newer release has stored it."""
    world = World(store, photos=PhotoFolder(tmp_path / "photos"))  # type: ignore[arg-type]
    photo, arrival = PhotoFacts(1, "citizen", name=f"{TICKET}-a.jpg"), Arrival("counter", "A/1", MONDAY)
    decision = {"opd": "DLH", "desk": True, "top": [{"opd": "DLH", "score": 0.9}]}
    world.put(complaint(State.ASSIGNED, photos=(photo,), arrival=arrival, decision=decision))
    world.put_reporter()
    grow(store)
    return world


def grow(store: Store) -> None:
    """Every document as the newer release would have written it."""
    for collection in (COMPLAINTS, timeline_of(TICKET), NOTICES, DATA_REQUESTS):
        for found in store.query(Query(collection, limit=500)):
            store.transact(partial(_set, collection=collection, id=found.id, data=grown(found.data)))


def _set(transaction: Transaction, collection: str, id: str, data: Document) -> None:
    transaction.set(collection, id, data)


def grown(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner if name in DATED else grown(inner) for name, inner in value.items()} | ADDED
    return [grown(inner) for inner in value] if isinstance(value, list) else value


def lacks(value: Any) -> list[Any]:
    """The maps of a document that have lost what was added to them."""
    if isinstance(value, list):
        return [lost for inner in value for lost in lacks(inner)]
    if not isinstance(value, dict) or value == ADDED[NAME]:
        return []
    lost = [lost for name, inner in value.items() if name not in DATED for lost in lacks(inner)]
    return lost if value.get(NAME) == ADDED[NAME] else [value, *lost]


def case_of(world: World) -> dict[str, Any]:
    document = world.store.get(COMPLAINTS, TICKET)
    assert document is not None
    return document


def assert_all_kept(world: World) -> None:
    """In the complaint; the schema says who knows most."""
    document = case_of(world)
    assert document["schema"] == SCHEMA + 1
    assert lacks(document) == []


def test_an_officer_s_acts_keep_it(city: World) -> None:
    for act in (OfficerAct("acknowledge", officer="Sari"), OfficerAct("answer", message="Sudah diangkut.")):
        assert casework.perform_action(city.services, city.token(), act)
        assert_all_kept(city)
    assert case_of(city)["state"] == State.ANSWERED


def test_a_citizen_s_confirmation_keeps_it_and_reads_the_timeline(city: World) -> None:
    casework.perform_action(city.services, city.token(), OfficerAct("answer", message="Sudah diangkut."))
    grow(city.store)
    assert tracking.perform_action(city.services, TICKET, city.key(), CitizenAct("confirm"))
    assert_all_kept(city)
    assert case_of(city)["state"] == State.CLOSED
    before, after = city.store.query(Query(timeline_of(TICKET), order_by="sequence"))[-2:]
    assert not lacks(before.data) and after.data["schema"] == SCHEMA
    assert [entry.unknown.get(NAME) for entry in city.timeline(TICKET)[-2:]] == [ADDED[NAME], None]


def test_the_ladder_and_a_moved_alarm_keep_it(city: World) -> None:
    city.clock.go_to(ANSWER_BY)
    deadlines.check(city.services, TICKET)
    assert case_of(city)["rungs"]
    assert_all_kept(city)
    deadlines.check(city.services, TICKET)
    assert_all_kept(city)


def test_a_letter_keeps_it_from_its_queue_to_its_bounce(city: World) -> None:
    notice = queued(NoticeRequest("new_case", Role.DEPARTMENT, "DLH"), city.case(), city.clock.now())
    city.store.transact(lambda tx: tx.create(NOTICES, notice.id, notice.to_document()))
    grow(city.store)
    assert city.send(notice) == NoticeState.SENT
    assert lacks(city.store.get(NOTICES, notice.id)) == []
    mail = city.postman.mails[-1]
    id = inbound_mail.take_in(city.services, raw_bounce("postfix.eml", mail.envelope_from))
    inbound_mail.read_inbound_mail(city.services, "laksa.example", id)
    document = city.store.get(NOTICES, notice.id) or {}
    assert (document["state"], document["schema"], lacks(document)) == (NoticeState.BOUNCED, SCHEMA + 1, [])
    assert_all_kept(city)


def test_a_request_about_one_s_own_data_keeps_it(city: World) -> None:
    take_in(city.services, TICKET, city.key(), DataAct(COPY, "Semua."))
    grow(city.store)
    answer(city.services, f"{TICKET}.{COPY}", DataAnswer(DONE, "Terkirim."))
    document = city.store.get(DATA_REQUESTS, f"{TICKET}.{COPY}") or {}
    assert (document["result"], lacks(document)) == (DONE, [])
    assert_all_kept(city)


@pytest.mark.parametrize(
    ("name", "value"), [("state", "at_the_ombudsman"), ("visibility", "offices_only"), ("table", "governor")]
)
def test_a_value_that_only_the_newer_release_knows_stays(city: World, name: str, value: str) -> None:
    held = case_of(city)["assignment"] | {"kind": "task_force"}
    city.store.transact(lambda tx: tx.update(COMPLAINTS, TICKET, {name: value, "assignment": held}))
    city.clock.go_to(ANSWER_BY)
    deadlines.check(city.services, TICKET)
    after = case_of(city)
    assert (after[name], after["assignment"]["kind"]) == (value, "task_force")
    assert bool(after["rungs"]) == (name != "state")
    assert_all_kept(city)


def test_an_undone_assignment_restores_it() -> None:
    of_board = PendingAssignment(MONDAY, 1, 1, before={"desk_by": None, NAME: "before"})
    before = complaint(State.ASSIGNED, pending_assignment=of_board).evolve(unknown={NAME: "after"})
    undone = undo_window.take_back(before, before.assignment_no, MONDAY - timedelta(minutes=1))
    assert undone and undone.complaint.unknown == {NAME: "before"}


def assert_kept_by(city: World, collection: str, write: Callable[[], object]) -> None:
    """Every document of the collection, written, grown and written again."""
    write()
    for found in city.store.query(Query(collection, limit=100)):
        city.store.transact(partial(_set, collection=collection, id=found.id, data=found.data | ADDED))
    city.clock.wait(minutes=1)
    write()
    documents = city.store.query(Query(collection, limit=100))
    assert documents and [found.id for found in documents if found.data.get(NAME) != ADDED[NAME]] == []


def test_the_table_in_force_keeps_it(city: World) -> None:
    def write() -> None:
        files = shipped | {"slang.csv": shipped["slang.csv"] + f"{next(word)},jalan\n"}
        seen = current_version(city.store).version
        assert put_into_force(city.store, files, seen, city.clock.now()) == NEW

    shipped, word = read_files(FOLDER), iter(("jlnn", "jlnnn"))
    write()
    city.store.transact(lambda tx: tx.update(ROUTING, CURRENT, ADDED))
    write()
    assert (city.store.get(ROUTING, CURRENT) or {}).get(NAME) == ADDED[NAME]
    take_back(city.store, current_version(city.store).version, city.clock.now())
    assert (city.store.get(ROUTING, CURRENT) or {}).get(NAME) == ADDED[NAME]


def test_photos_of_a_form_keep_it(city: World) -> None:
    assert_kept_by(city, KEPT_PHOTOS, lambda: keep(city.services, "a form", [phone_photo()]))


def test_a_mail_that_comes_again_keeps_it(city: World) -> None:
    def write() -> None:
        id = inbound_mail.take_in(city.services, b"Message-ID: <1@warga.example>\n\nHalo")
        inbound_mail.read_inbound_mail(city.services, "laksa.example", id)

    assert_kept_by(city, INBOUND, write)


def test_the_note_of_a_sweep_keeps_it(city: World) -> None:
    assert_kept_by(city, SYSTEM, lambda: deadlines.sweep(city.services))
