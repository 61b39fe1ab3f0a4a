"""Erasing a report from every place where it lies, looked for in every file, and whatever comes between."""

from __future__ import annotations
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import MONDAY, TICKET, complaint
from tests.pictures.given import encoded, scene
from tests.workflows.personal import EMAIL, SAID, SENT, WHO, City, city_in, found, lived
from workflows.citizen import intake
from workflows.citizen.page_access import open_page
from workflows.collection_names import COMPLAINTS, ERASURES, MAIL_LIMITS, NOTICES, PROOFS, REPORTERS
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import DEPARTMENT
from workflows.domain.notifications.delivery import Address
from workflows.domain.privacy.erasure import ERASED_TEXT
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE
from workflows.errors import FormAlreadySent, ReportErased
from workflows.mail.rate_limit import address_key
from workflows.office import casework
from workflows.ports import DELETE, CaughtLetter, Query
from workflows.privacy import ledger
from workflows.privacy.erase import erase, holdings, target_of
from workflows.privacy.erasure_jobs import PAGE, erase_all_again, erase_due, erase_undone
from workflows.privacy.ledger import ASKED, POLICY, ErasureContext
from workflows.records.accesses import OPENED, Access, accesses_of, write_accesses
from workflows.records.corrections import corrections

pytestmark = pytest.mark.slow

EVERYWHERE = {*("reporter", "complaint", "timeline", "photos", "letters", "mails", "notices", "submissions")}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with city_in(tmp_path) as city:
        yield city


def held(city: City, ticket: str, what: str) -> dict[str, int]:
    return holdings(city.keepers, target_of(city.keepers, ticket, what))


def gone(city: City, ticket: str, what: str, by: str = ASKED) -> None:
    erase(city.keepers, ticket, what, by)
    city.store.scrub()


def test_before_it_is_erased_it_lies_everywhere_and_looking_is_harmless(city: City) -> None:
    ticket = lived(city)
    assert set(held(city, ticket, WHOLE)) == EVERYWHERE
    places = {file.split("/")[0] for file, _ in found(city.folder, WHO)}
    assert places >= {"mail", "photos"}
    assert {word for _, word in found(city.folder, WHO + SAID)} == {*WHO, *SAID}
    before = city.everything()
    held(city, ticket, WHOLE)
    assert city.everything() == before


def test_whole_nothing_is_left_its_key_says_so_and_its_office_is_told(city: City) -> None:
    ticket = lived(city)
    gone(city, ticket, WHOLE)
    assert found(city.folder, WHO + SAID) == []
    assert held(city, ticket, WHOLE) == {}
    assert city.photos.names(ticket) == []
    with pytest.raises(ReportErased) as told:
        open_page(city.services, ticket, city.key(ticket))
    assert (told.value.complaint.state, told.value.complaint.text) == (State.WITHDRAWN, ERASED_TEXT)
    with pytest.raises(FormAlreadySent):
        intake.submit(city.services, SENT, intake.SubmissionMeta(f"form of {SENT.email}"))
    city.work()
    (letter,) = city.keepers.letters.about(ticket)
    assert ".withdrawn.department" in letter.notice
    assert held(city, ticket, WHOLE) == {}
    assert found(city.folder, WHO + SAID) == []


def test_what_is_erased_teaches_the_router_nothing(city: City) -> None:
    ticket = lived(city)
    city.put(city.case(ticket).evolve(state=State.EXTERNAL, assignment_no=2, external_to="PLN"))
    erase(city.keepers, ticket, WHOLE, ASKED)
    assert corrections(city.store, restricted=True).letters == []


@pytest.mark.parametrize("what", [PHOTOS, WHOLE])
def test_the_fingerprints_of_its_proofs_go_with_the_photos(city: City, what: str) -> None:
    first, second = (lived(city, replace(SENT, email=f"{n}@contoh.example")) for n in range(2))
    for ticket, seed in ((first, 7), (second, 8)):
        answer = OfficerAct("answer", message="Sudah diangkut.")
        casework.perform_action(city.services, city.token(ticket, assignment_no=1), answer, [encoded(scene(seed))])
    assert held(city, first, what)["proofs"] == 1
    erase(city.keepers, first, what, ASKED)
    kept = (city.store.get(PROOFS, "DLH") or {})["photos"]
    assert [proof["ticket"] for proof in kept] == [second]


def test_the_ledger_names_the_number_and_is_rewritten_from_the_store(city: City) -> None:
    ticket = lived(city)
    gone(city, ticket, WHOLE)
    gone(city, ticket, WHOLE)
    (line,) = city.keepers.ledger.lines()
    record = ledger.read_line(line)
    assert record == ledger.Erasure(ticket, WHOLE, city.clock.now(), ASKED)
    assert list(ledger.in_store(city.store)) == [record]
    lines = city.keepers.ledger.lines()
    (city.folder / "erasures.jsonl").unlink()
    ledger.every(city.keepers)
    assert city.keepers.ledger.lines() == lines


class Breaking:
    """Caught letters that cannot be deleted, once."""

    def __init__(self, keepers: ErasureContext) -> None:
        self._letters, self.broken = keepers.letters, True

    def about(self, ticket: str) -> list[CaughtLetter]:
        return self._letters.about(ticket)

    def delete(self, name: str) -> None:
        if self.broken:
            raise OSError("the disk is away")
        self._letters.delete(name)


def test_one_that_is_cut_short_is_known_and_finished_at_the_next_start(city: City) -> None:
    ticket = lived(city)
    letters = Breaking(city.keepers)
    with pytest.raises(OSError, match="away"):
        erase(replace(city.keepers, letters=letters), ticket, WHOLE, ASKED)
    assert held(city, ticket, WHOLE)
    assert erase_undone(city.keepers) == 1
    city.store.scrub()
    assert found(city.folder, WHO + SAID) == []
    assert erase_undone(city.keepers) == 0


def answered(city: City, ticket: str) -> None:
    token = city.token(ticket, assignment_no=city.case(ticket).assignment_no)
    casework.perform_action(
        city.services, token, OfficerAct("progress", officer="Rani", message="Ibu Zubaedah, sudah selesai.")
    )


def restored(folder: Path, erased: Callable[[City, str], None]) -> str:
    """The ticket of a report that was erased, and whose store was put back from before that."""
    with city_in(folder) as city:
        ticket = lived(city)
        city.store.scrub()
        shutil.copy(folder / "laksa.db", folder.parent / "old.db")
        erased(city, ticket)
    for name in ("laksa.db-wal", "laksa.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder.parent / "old.db", folder / "laksa.db")
    return ticket


@pytest.mark.parametrize("follow", [erase_undone, erase_all_again])
def test_what_an_old_copy_brings_back_is_erased(tmp_path: Path, follow: Callable[[ErasureContext], int]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    ticket = restored(folder, lambda city, ticket: erase(city.keepers, ticket, WHOLE, ASKED))
    with city_in(folder) as city:
        assert held(city, ticket, WHOLE)
        assert follow(city.keepers) == 1
        city.store.scrub()
        assert found(folder, WHO + SAID) == []
        with pytest.raises(ReportErased):
            open_page(city.services, ticket, city.key(ticket))
        assert (follow(city.keepers), len(city.keepers.ledger.lines())) == (0, 1)


def test_with_the_ledgers_file_lost_too_one_that_was_kept_elsewhere_does(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    restored(folder, lambda city, ticket: erase(city.keepers, ticket, CONTACT, ASKED))
    kept = (folder / "erasures.jsonl").read_text("utf-8").splitlines()
    (folder / "erasures.jsonl").unlink()
    with city_in(folder) as city:
        assert erase_undone(city.keepers) == 0
        assert erase_all_again(city.keepers, [*kept, "not a line of it"]) == 1
        city.store.scrub()
        assert found(folder, WHO) == []
        assert city.keepers.ledger.lines() == kept


def test_a_store_from_before_the_report_learns_that_it_was_erased(city: City) -> None:
    city.keepers.ledger.append(ledger.Erasure("LKS-0000-0000-0", WHOLE, city.clock.now(), ASKED).to_line())
    assert erase_undone(city.keepers) == 0
    assert [record.ticket for record in ledger.in_store(city.store)] == ["LKS-0000-0000-0"]


def closed(city: City, ticket: str) -> None:
    city.put(city.case(ticket).evolve(state=State.CLOSED))


@pytest.mark.parametrize(("state", "left"), [(State.IN_PROGRESS, 1), (State.CLOSED, 0)])
def test_who_read_it_goes_with_a_contact_that_is_erased_after_the_end(city: City, state: str, left: int) -> None:
    city.put(complaint(state))
    write_accesses(city.store, [Access(TICKET, MONDAY, DEPARTMENT, "DLH", 1, OPENED)])
    gone(city, TICKET, CONTACT)
    assert len(accesses_of(city.store, TICKET)) == left


def test_a_case_that_cannot_be_erased_keeps_its_alarm_and_holds_up_nobody(city: City) -> None:
    first, second = (lived(city, replace(SENT, email=f"{n}@contoh.example")) for n in range(2))
    closed(city, first)
    city.clock.wait(hours=1)
    closed(city, second)
    city.clock.wait(days=380)
    letters = Breaking(city.keepers)
    letters.about = lambda ticket: city.keepers.letters.about(ticket) if ticket == first else []  # type: ignore[method-assign]
    assert erase_due(replace(city.keepers, letters=letters)) == 1
    assert (city.case(first).erasure.erase_at is None, city.store.get(REPORTERS, second)) == (False, None)
    assert erase_due(city.keepers) == 1


def test_an_unreadable_complaint_is_logged_and_holds_up_none(city: City, caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = (city.submit(replace(SENT, email=f"{n}@contoh.example")).ticket for n in range(2))
    for ticket in (broken, whole):
        closed(city, ticket)
    city.store.transact(lambda tx: tx.update(COMPLAINTS, broken, {"ticket": DELETE}))
    city.clock.wait(days=380)
    assert erase_due(city.keepers) == 1
    assert [line.__dict__["ticket"] for line in caplog.records if line.message == "not erased"] == [broken]


def test_a_sweep_erases_a_page_and_the_next_one_goes_on(city: City) -> None:
    for n in range(PAGE + 1):
        ticket = city.submit(replace(SENT, email=f"{n}@contoh.example")).ticket
        closed(city, ticket)
    city.clock.wait(days=380)
    assert [erase_due(city.keepers) for _ in range(3)] == [PAGE, 1, 0]
    assert city.store.count(Query(REPORTERS)) == 0


def test_a_policy_that_keeps_longer_by_now_is_followed(city: City) -> None:
    ticket = lived(city)
    closed(city, ticket)
    city.clock.wait(days=380)
    longer = replace(city.services.policy, retention=replace(city.services.policy.retention, contact_months=24))
    assert erase_due(replace(city.keepers, services=replace(city.services, policy=longer))) == 0
    assert erase_due(city.keepers) == 0
    assert city.store.get(REPORTERS, ticket)


@pytest.mark.parametrize(("by", "left"), [(ASKED, 0), (POLICY, 1)])
def test_mails_of_nobody_are_searched_on_request_else_go_after_their_days(city: City, by: str, left: int) -> None:
    erase(city.keepers, lived(city), CONTACT, by)
    assert len(city.photos.names("surat-")) == left


def test_what_is_counted_under_an_address_goes_with_it_and_its_place(city: City) -> None:
    ticket = lived(city)
    id = address_key(city.services.links, EMAIL)
    letter = f"{ticket}.2.receipt.citizen"
    known = Address().with_letter(letter, city.clock.now()).to_document()
    city.store.transact(lambda tx: tx.set(MAIL_LIMITS, id, known))
    city.store.transact(lambda tx: tx.update(NOTICES, letter, {"line": id}))
    assert held(city, ticket, CONTACT)["mail_limits"] == 1
    gone(city, ticket, CONTACT)
    assert city.store.get(MAIL_LIMITS, id) is None
    assert id not in repr(city.everything())


def test_a_repeated_erasure_keeps_what_a_newer_release_added_to_its_record(city: City) -> None:
    ticket = lived(city)
    gone(city, ticket, CONTACT)
    id = f"{ticket}.{CONTACT}"
    city.store.transact(lambda tx: tx.update(ERASURES, id, {"later": 1}))
    gone(city, ticket, CONTACT)
    assert (city.store.get(ERASURES, id) or {})["later"] == 1
    erase_all_again(city.keepers)
    assert (city.store.get(ERASURES, id) or {})["later"] == 1
