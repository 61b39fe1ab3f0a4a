"""Requests about one's own data: kept apart from the case, on the board until they are settled."""

from __future__ import annotations
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.builders import MONDAY, TICKET, complaint
from tests.workflows.personal import City, city_in
from tests.workflows.world import World
from workflows.citizen.data_requests import answer, open_requests, requests_of, take_in, waiting_requests
from workflows.collection_names import COMPLAINTS
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.data_request import COPY, ERASURE, KINDS, DataAct, DataAnswer, DataRequest
from workflows.domain.privacy.redaction import mask_identifiers, untagged
from workflows.errors import Forbidden, ReportErased
from workflows.ports import Query
from workflows.privacy.erase import erase, holdings, target_of
from workflows.privacy.erasers import held_data
from workflows.privacy.ledger import ASKED
from workflows.unit_of_work import timeline_of

WORDS = "Nama saya tertulis salah: Siti Zubaedah, bukan Siti Zubaidah."


def open_now(world: World) -> list[DataRequest]:
    return list(open_requests(world.store))


def ticket_of(world: World) -> str:
    ticket = world.submit().ticket
    world.work()
    return ticket


def test_it_waits_with_its_own_clock_until_it_is_answered_once(world: World) -> None:
    ticket = ticket_of(world)
    assert take_in(world.services, ticket, world.key(ticket), DataAct(COPY, WORDS))
    assert take_in(world.services, ticket, world.key(ticket), DataAct(COPY, WORDS)) is None
    (request,) = open_now(world)
    assert (request.ticket, request.due_at, request.message) == (ticket, MONDAY + timedelta(hours=72), WORDS)
    assert "Zubaedah" not in str([world.store.get(COMPLAINTS, ticket), world.store.query(Query(timeline_of(ticket)))])
    said = DataAnswer("done", "Salinannya kami kirim ke alamat pada laporan.")
    assert answer(world.services, request.id, said)
    assert answer(world.services, request.id, said) is None
    assert open_requests(world.store) == ()
    assert [asked.message for asked in requests_of(world.store, ticket)] == [""]
    world.work()
    assert [mail.subject for mail in world.postman.mails if mail.to.startswith("warga")][-2:] == [
        "data_asked",
        "data_answered",
    ]


def test_words_about_a_case_that_may_accuse_the_desk_are_not_the_desks(world: World) -> None:
    world.put(complaint("in_progress", "INSPEKTORAT", decision={"desk": False}, restricted=True))
    take_in(world.services, TICKET, world.key(), DataAct(COPY, WORDS))
    assert open_requests(world.store) == () and waiting_requests(world.store) is None
    (letter,) = [notice for notice in world.notices() if notice.template == "data_request"]
    assert (letter.role, letter.to) == ("department", "INSPEKTORAT")
    (request,) = requests_of(world.store, TICKET)
    assert request.message == WORDS
    assert answer(world.services, request.id, DataAnswer("done", "Terkirim."))


def test_a_forged_key_and_an_unknown_case_read_the_same(world: World) -> None:
    ticket = ticket_of(world)
    for number in (ticket, "LKS-0000-0000-0"):
        with pytest.raises(Forbidden):
            take_in(world.services, number, "x" * 28, DataAct(COPY))


def asked_in(city: City, state: str) -> str:
    """A case in that state, with a request of each kind."""
    case = complaint(state=state)
    city.put(case)
    for kind in KINDS:
        take_in(city.services, case.ticket, city.key(), DataAct(kind, WORDS))
    return case.ticket


def test_an_erasure_of_an_open_case_settles_its_request(tmp_path_factory: pytest.TempPathFactory) -> None:
    with city_in(tmp_path_factory.mktemp("city")) as city:
        ticket = asked_in(city, "in_progress")
        answer(city.services, f"{ticket}.{ERASURE}", DataAnswer("done", "Kami hapus hari ini."))
        assert {request.kind for request in open_now(city)} == set(KINDS)
        erase(city.keepers, ticket, "contact", ASKED)
        assert {request.kind for request in open_now(city)} == set(KINDS) - {ERASURE}
        assert holdings(city.keepers, target_of(city.keepers, ticket, "contact")) == {}


def test_the_writers_own_name_is_hidden_from_the_desk_whole_to_the_writer(world: World) -> None:
    ticket = world.submit(Submission(complaint().text, name="Siti Zubaedah", email="warga@contoh.example")).ticket
    world.work()
    words = "Saya Siti Zubaedah minta salinan."
    for kind in KINDS:
        take_in(world.services, ticket, world.key(ticket), DataAct(kind, words))
    told = {asked.kind: mask_identifiers(asked.message) for asked in requests_of(world.store, ticket)}
    assert set(told.values()) == {"Saya (nama pelapor) minta salinan."}
    assert {untagged(asked.message) for asked in requests_of(world.store, ticket)} == {words}
    for kind in KINDS:
        assert take_in(world.services, ticket, world.key(ticket), DataAct(kind, words)) is None
    assert {untagged(asked.message) for asked in requests_of(world.store, ticket)} == {words}


@contextmanager
def half_erased(city: City, what: str) -> Iterator[str]:
    """A case with its requests, between what the erasure has read and what it writes."""
    ticket = asked_in(city, "in_progress")
    things = held_data(city.keepers, target_of(city.keepers, ticket, what))
    yield ticket
    for thing in things:
        thing.clear()


def test_what_comes_while_a_case_is_erased_is_not_overwritten(tmp_path_factory: pytest.TempPathFactory) -> None:
    with city_in(tmp_path_factory.mktemp("city")) as city:
        with half_erased(city, "contact") as ticket:
            answer(city.services, f"{ticket}.{ERASURE}", DataAnswer("refused", "Arsipnya harus tetap ada."))
            take_in(city.services, ticket, city.key(), DataAct(COPY, "Fotonya juga."))
        copy, _, erasure = requests_of(city.store, ticket)
        assert (erasure.result, "Fotonya juga." in copy.message) == ("refused", True)


def test_a_case_that_is_erased_whole_leaves_no_request(tmp_path_factory: pytest.TempPathFactory) -> None:
    with city_in(tmp_path_factory.mktemp("city")) as city:
        ticket = asked_in(city, "closed")
        assert holdings(city.keepers, target_of(city.keepers, ticket, "whole"))["data_requests"] == 3
        erase(city.keepers, ticket, "whole", ASKED)
        assert open_requests(city.store) == ()
        assert {(r.message, r.result) for r in requests_of(city.store, ticket)} == {("", "erased")}
        with pytest.raises(ReportErased):
            take_in(city.services, ticket, city.key(), DataAct(COPY))
