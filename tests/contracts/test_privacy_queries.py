"""Finding a person, what is due and what was erased: the same on every store."""

from __future__ import annotations
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import DIRECTORY, MONDAY, POLICY, complaint
from tests.workflows.world import KEYS, HandClock, TellingBus
from workflows.adapters.file_mailer import CaughtFolder
from workflows.adapters.local_files import ErasureFile
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.signed_links import SignedLinks
from workflows.citizen import intake
from workflows.collection_names import COMPLAINTS, REPORTERS
from workflows.domain.complaint.model import State, to_document
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.retention import CONTACT, WHOLE
from workflows.ports import Document, Store, Transaction
from workflows.privacy import ledger, subject
from workflows.privacy.erase import erase, holdings, target_of
from workflows.privacy.erasure_jobs import erase_due, erase_undone
from workflows.privacy.ledger import ASKED, ErasureContext
from workflows.unit_of_work import Services, save

TEXT = "Sampah di Cikokol sudah seminggu tidak diangkut."
PERSON: Document = intake.reporter(Submission(TEXT, "Siti", "banyak@contoh.example"))


@pytest.fixture
def keepers(store: Store, tmp_path: Path) -> ErasureContext:
    clock, links, photos = HandClock(), SignedLinks(KEYS), PhotoFolder(tmp_path / "photos")
    services = Services(store, TellingBus(), clock, links, POLICY, DIRECTORY, photos)
    return ErasureContext(services, CaughtFolder(tmp_path / "mail"), ErasureFile(tmp_path / "erasures.jsonl"))


def sent(keepers: ErasureContext, email: str = "", phone: str = "", name: str = "Siti") -> str:
    report = Submission(TEXT, name, email, phone)
    return intake.submit(keepers.services, report, intake.SubmissionMeta(email + phone, "a hash of an address")).ticket


def found(keepers: ErasureContext, typed: str) -> set[str]:
    store = keepers.services.store
    return {report.complaint.ticket for report in subject.reports_of(store, *subject.contact_of(typed))}


@pytest.fixture
def person(keepers: ErasureContext) -> Iterator[tuple[str, str]]:
    """Two reports of Siti, among those of others with nearly the same address."""
    first = sent(keepers, "Siti@contoh.example", "+6281234567890")
    second = sent(keepers, "siti@contoh.example", "+6281200000000")
    for other in ("siti@contoh.example.org", "iti@contoh.example", "sitii@contoh.example"):
        sent(keepers, other, "+6281234567891")
    yield first, second


@pytest.mark.parametrize("typed", ["siti@contoh.example", " SITI@Contoh.Example "])
def test_a_person_is_found_by_address_however_large_it_is_written(
    keepers: ErasureContext, person: tuple[str, str], typed: str
) -> None:
    assert found(keepers, typed) == set(person)


@pytest.mark.parametrize("typed", ["+6281234567890", "0812-3456-7890", "62 812 3456 7890"])
def test_a_person_is_found_by_number_however_it_is_typed(
    keepers: ErasureContext, person: tuple[str, str], typed: str
) -> None:
    assert found(keepers, typed) == {person[0]}


@pytest.mark.parametrize("typed", ["@", "nobody@contoh.example", "0812-3456-7899", "siti@contoh"])
def test_nobody_is_found_by_a_part_of_an_address_or_another_number(
    keepers: ErasureContext, person: tuple[str, str], typed: str
) -> None:
    assert found(keepers, typed) == set()


@pytest.mark.parametrize("typed", ["", "siti", "112", "+62", "0812 3456 7890 ext"])
def test_what_is_neither_address_nor_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="neither an e-mail address, a phone number"):
        subject.contact_of(typed)


def test_every_report_is_found_however_many(keepers: ErasureContext) -> None:
    tickets = [new_ticket(n.to_bytes(8, "little")) for n in range(subject.PAGE + 1)]

    def create(transaction: Transaction) -> None:
        for ticket in tickets:
            transaction.set(COMPLAINTS, ticket, to_document(complaint(State.CLOSED, ticket=ticket)))
            transaction.set(REPORTERS, ticket, PERSON)

    keepers.services.store.transact(create)
    assert sorted(found(keepers, PERSON["email"])) == sorted(tickets)


def test_an_erasure_leaves_nothing_and_the_ledger_knows(keepers: ErasureContext, person: tuple[str, str]) -> None:
    first, second = person
    assert set(holdings(keepers, target_of(keepers, first, WHOLE))) == {"complaint", "reporter", "submissions"}
    erase(keepers, first, WHOLE, ASKED)
    assert holdings(keepers, target_of(keepers, first, WHOLE)) == {}
    assert found(keepers, "siti@contoh.example") == {second}
    assert [record.id for record in ledger.in_store(keepers.services.store)] == [f"{first}.{WHOLE}"]
    assert erase_undone(keepers) == 0


def test_what_is_due_is_erased_and_what_is_not_stays(keepers: ErasureContext) -> None:
    tickets = [new_ticket(bytes([n] * 8)) for n in range(3)]

    def create(transaction: Transaction) -> None:
        for n, ticket in enumerate(tickets):
            case = complaint(State.CLOSED, ticket=ticket, ended_at=MONDAY - timedelta(days=400 - 200 * n))
            save(transaction, Transition(case), POLICY, MONDAY)
            transaction.set(REPORTERS, ticket, PERSON)

    keepers.services.store.transact(create)
    assert erase_due(keepers) == 1
    people = keepers.services.store.get_many(REPORTERS, tickets)
    assert [person is not None for person in people] == [False, True, True]
    assert [record.what for record in ledger.in_store(keepers.services.store)] == [CONTACT]
    assert erase_due(keepers) == 0


def test_the_ledger_is_read_whole_however_long(keepers: ErasureContext) -> None:
    noted = [ledger.Erasure(f"LKS-{n:04}", WHOLE, MONDAY, ASKED) for n in range(ledger.PAGE + 3)]

    def create(transaction: Transaction) -> None:
        for erasure in noted[:-2]:
            ledger.record(transaction, erasure)

    keepers.services.store.transact(create)
    assert list(ledger.in_store(keepers.services.store)) == noted[:-2]
    assert ledger.undone(keepers, [*noted, noted[-1]]) == noted[-2:]
