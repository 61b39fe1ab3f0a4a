"""A mail that comes in is safe before it is answered for, read once, and then its bytes are gone."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.builders import MONDAY, TICKET, complaint
from tests.inbound.samples import JPEG
from tests.pictures.given import encoded, scene
from tests.workflows.world import World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.collection_names import COMPLAINTS, INBOUND, NOTICES
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.failures import PhotosUnavailable, StoreUnavailable, UnknownComplaint
from workflows.mail import inbound_mail
from workflows.mail.inbound_mail import ARRIVED, KEPT, MAX_TRIES, READ, take_in
from workflows.office import casework
from workflows.ports import Document, Query, Transaction
from workflows.unit_of_work import timeline_of

pytestmark = pytest.mark.slow

WORDS = "Sudah kami angkut pagi ini."
DOMAIN = "laksa.example"


@pytest.fixture
def world(world: World) -> World:
    """A case at DLH whose letters are out, and a citizen who wrote it."""
    world.put(complaint(State.ASSIGNED))
    put_letters(world)
    world.put_reporter(name="Siti Rahma")
    return world


def put_letters(world: World) -> None:
    made = (("new_case", "department", "DLH"), ("receipt", "citizen", ""), ("x", "head", "DLH"))

    def create(transaction: Transaction) -> None:
        for template, role, to in made:
            id = f"{TICKET}.1.{template}.{role}"
            letter = Notice(id, TICKET, 1, template, role, to, 1, state=NoticeState.SENT, created_at=MONDAY)
            transaction.create(NOTICES, id, letter.to_document())

    world.store.transact(create)


def reply_to(world: World, template: str = "new_case", role: str = "department", purpose: str = "reply") -> str:
    key = world.services.links.mail_key(purpose, f"{TICKET}.1.{template}.{role}")
    return f"{'balas' if purpose == 'reply' else 'pental'}+{key}@{DOMAIN}"


def mail(to: str, words: str = WORDS, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Budi Santoso <budi@opd.example>"
    message["To"] = to
    message["Subject"] = f"Re: {TICKET}"
    message["Message-ID"] = f"<{abs(hash((to, words)))}@opd.example>"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message


def receive(world: World, message: EmailMessage | bytes) -> Document:
    """Take a mail in and let everything happen; what is kept of it."""
    id = take_in(world.services, message if isinstance(message, bytes) else message.as_bytes())
    world.work()
    return came(world, id)


def came(world: World, id: str) -> Document:
    document = world.store.get(INBOUND, id)
    assert document
    return document


def files(world: World) -> list[str]:
    """What lies in the place for photos."""
    folder: Path = world.photos._folder
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def last(world: World) -> Any:
    return world.timeline()[-1]


@pytest.mark.parametrize(
    ("sender", "foreign"),
    [
        ("DLH <DLH@opd.example>", False),
        ("Kepala <kepala.dlh@opd.example>", False),
        ("Budi <budi@opd.example>", True),
        ('"dlh@opd.example" <siapa@lain.example>', True),
        ("", True),
    ],
)
def test_a_draft_says_whether_its_address_is_the_office_s_own(world: World, sender: str, foreign: bool) -> None:
    assert receive(world, mail(reply_to(world), From=sender))["outcome"] == "draft_by_mail"
    draft = world.case().draft
    assert draft and draft.foreign == foreign
    line = next(entry for entry in world.timeline() if entry.event == "draft_by_mail")
    assert line.facts.get("foreign", False) == foreign
    assert "lain.example" not in str(draft) + str(line)


@pytest.mark.parametrize("same", ["message id", "bytes"])
def test_the_same_mail_twice_is_one(world: World, same: str) -> None:
    first, again = mail(reply_to(world)), mail(reply_to(world))
    if same == "bytes":
        del first["Message-ID"], again["Message-ID"]
    else:
        again["X-Way"] = "another"
    assert receive(world, first) == receive(world, again)
    assert take_in(world.services, first.as_bytes()) == take_in(world.services, again.as_bytes())
    world.work()
    assert [entry.event for entry in world.timeline()] == ["draft_by_mail"]
    assert len(world.postman.mails) == 1


def test_a_second_delivery_while_the_first_is_read_leaves_no_bytes(world: World) -> None:
    raw, photos = mail(reply_to(world)).as_bytes(), world.photos

    class ReadMeanwhile(PhotoFolder):
        def put(self, name: str, data: bytes, content_type: str) -> None:
            """Between the look whether it is known and the bytes, the same mail is taken in and read."""
            world.photos = photos
            receive(world, raw)
            photos.put(name, data, content_type)

    world.photos = ReadMeanwhile(photos._folder)
    take_in(world.services, raw)
    world.work()
    assert files(world) == []
    assert [entry.event for entry in world.timeline()] == ["draft_by_mail"]


def test_of_two_readers_at_once_one_reads(world: World) -> None:
    world.bus.losing = True
    id = take_in(world.services, mail(reply_to(world)).as_bytes())
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda _: inbound_mail.read_inbound_mail(world.services, DOMAIN, id), range(6)))
    assert sorted(outcomes) == ["draft_by_mail", *["nothing to do"] * 5]
    assert [entry.event for entry in world.timeline()] == ["draft_by_mail"]


def test_a_reply_that_is_too_late_gets_a_link_that_opens_nothing(world: World) -> None:
    world.office(OfficerAct("forward", message="Milik PUPR.", to="PUPR"))
    world.bus.messages.clear()
    assert receive(world, mail(reply_to(world)))["outcome"] == "reply_late"
    assert receive(world, mail(reply_to(world), Message_ID="<again@opd.example>"))["outcome"] == "told"
    assert receive(world, mail(reply_to(world), "Halo?"))["outcome"] == "reply_late"
    letter, _ = [m for m in world.postman.mails if m.to == "dlh@opd.example"]
    token = letter.text.splitlines()[1].removeprefix("https://laksa.example/opd/")
    grant = world.services.links.read_case_token(token)
    assert casework.has_moved_on(grant, world.case())
    assert world.case().draft is None
    assert WORDS not in str(world.timeline())


def test_a_citizen_s_reply_is_added_without_their_name_or_signature(world: World) -> None:
    words = "Lampunya di depan masjid, tanya Siti.\n\nSalam,\nSiti Rahma\n0812-3456-7890"
    assert receive(world, mail(reply_to(world, "receipt", "citizen"), words))["outcome"] == "added"
    assert last(world).text == "Lampunya di depan masjid, tanya [nama disamarkan]."
    assert (last(world).officer, world.postman.mails) == ("", [])


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"Subject": "Balasan otomatis: cuti"}, "auto_reply"),
        ({"Precedence": "bulk"}, "auto_reply"),
        ({"Message_ID": f"<{TICKET}.1.new_case.department@{DOMAIN}>"}, "loop"),
        ({"List_Id": f"<laksa.{DOMAIN}>"}, "loop"),
    ],
    ids=str,
)
@pytest.mark.parametrize("purpose", ["reply", "bounce"])
def test_machines_are_never_answered(world: World, headers: dict[str, str], outcome: str, purpose: str) -> None:
    before = world.everything()
    assert receive(world, mail(reply_to(world, purpose=purpose), **headers))["outcome"] == outcome
    assert (world.everything(), world.postman.mails, files(world)) == (before, [], [])


def test_a_mail_of_which_nothing_came_is_read_anew_when_handed_in_again(world: World) -> None:
    message, letter = mail(reply_to(world)), f"{TICKET}.1.new_case.department"
    gone = world.store.get(NOTICES, letter)
    world.store.transact(lambda tx: tx.delete(NOTICES, letter))
    assert receive(world, message)["outcome"] == "unknown"
    world.store.transact(lambda tx: tx.create(NOTICES, letter, gone or {}))
    assert receive(world, message)["outcome"] == "draft_by_mail"
    assert receive(world, message)["outcome"] == "draft_by_mail"
    assert [entry.event for entry in world.timeline()] == ["draft_by_mail"]


def test_so_is_one_whose_case_is_gone(world: World) -> None:
    to = reply_to(world)
    world.store.transact(lambda tx: tx.delete(COMPLAINTS, TICKET))
    assert receive(world, mail(to))["outcome"] == "no_case"


def test_pictures_become_photos_of_the_case_and_other_files_are_named(world: World) -> None:
    message = mail(reply_to(world))
    message.add_attachment(encoded(scene(1)), "image", "jpeg", filename="lokasi.jpg")
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="surat tugas.pdf")
    message.add_attachment(JPEG, "image", "jpeg", filename="rusak.jpg")
    receive(world, message)
    (photo,) = world.case().photos
    assert (photo.n, photo.by) == (1, "department")
    assert last(world).facts["photos"] == [1]
    assert [(file["n"], file["name"]) for file in last(world).facts["left_out"]] == [
        (2, "surat tugas.pdf"),
        (3, "rusak.jpg"),
    ]
    assert world.photos.get(photo.name)


def test_a_repeat_leaves_no_photos_behind(world: World) -> None:
    world.office(OfficerAct("answer", message=WORDS))
    message = mail(reply_to(world))
    message.add_attachment(encoded(scene(1)), "image", "jpeg", filename="lokasi.jpg")
    receive(world, message)
    assert (world.case().photos, files(world)) == ((), [])


class Broken:
    """A place for photos that takes, but gives nothing back for a while."""

    def __init__(self, world: World) -> None:
        self._photos, self.away = world.photos, True

    def put(self, name: str, data: bytes, content_type: str) -> None:
        self._photos.put(name, data, content_type)

    def get(self, name: str) -> tuple[bytes, str] | None:
        if self.away:
            raise PhotosUnavailable
        return self._photos.get(name)

    def delete(self, name: str) -> None:
        if self.away:
            raise PhotosUnavailable
        self._photos.delete(name)


def test_a_mail_that_cannot_be_read_is_tried_again_and_given_up_later(world: World) -> None:
    id = take_in(world.services, mail(reply_to(world)).as_bytes())
    world.photos = Broken(world)  # type: ignore[assignment]
    tries = 0
    for _ in range(30):
        alarm = came(world, id)["next_try_at"]
        if came(world, id)["state"] != ARRIVED:
            break
        world.clock.go_to(max(alarm, world.clock.now()))
        try:
            inbound_mail.read_inbound_mail(world.services, DOMAIN, id)
        except PhotosUnavailable:
            tries += 1
    assert (tries, came(world, id)["state"], came(world, id)["outcome"]) == (MAX_TRIES, KEPT, "unreadable")
    assert came(world, id)["next_try_at"] - world.clock.now() == timedelta(days=30)


def test_bytes_that_could_not_be_deleted_are_deleted_by_a_later_sweep(world: World) -> None:
    id = take_in(world.services, mail(reply_to(world)).as_bytes())
    broken = Broken(world)
    broken.away = False
    broken.delete = _away  # type: ignore[method-assign]
    world.photos = broken  # type: ignore[assignment]
    world.work()
    assert came(world, id)["state"] == READ and "next_try_at" in came(world, id)
    world.photos = broken._photos
    world.tick()
    assert (files(world), "next_try_at" in came(world, id)) == ([], False)


def _away(name: str) -> None:
    raise PhotosUnavailable


def test_a_wake_up_for_a_mail_that_is_not_there_is_for_ever_useless(world: World) -> None:
    with pytest.raises(UnknownComplaint):
        inbound_mail.read_inbound_mail(world.services, DOMAIN, "no such mail")


def test_what_a_mailbox_holds_is_taken_in_and_its_trouble_stops_nothing(world: World) -> None:
    raw = mail(reply_to(world)).as_bytes()

    def two(take: Any) -> int:
        take(raw), take(mail(reply_to(world), "Besok lagi.").as_bytes())
        return 2

    def away(take: Any) -> int:
        raise OSError("user:password")

    assert inbound_mail.collect_mail(world.services, two) == 2
    world.work()
    assert world.case().draft
    assert inbound_mail.collect_mail(world.services, away) == 0


class AwayOnceDone:
    """A store that answers no longer once a case was written."""

    def __init__(self, store: SqliteStore) -> None:
        self._store, self.away = store, False

    def transact(self, work: Any) -> Any:
        if self.away:
            raise StoreUnavailable
        try:
            return self._store.transact(work)
        finally:
            self.away = self._store.count(Query(timeline_of(TICKET))) > 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_photos_that_the_case_names_stay_whatever_happens_afterwards(world: World) -> None:
    message, store = mail(reply_to(world)), world.store
    message.add_attachment(encoded(scene(1)), "image", "jpeg", filename="lokasi.jpg")
    id = take_in(world.services, message.as_bytes())
    world.store = AwayOnceDone(store)  # type: ignore[assignment]
    assert inbound_mail.read_inbound_mail(world.services, DOMAIN, id) == "draft_by_mail"
    world.store = store
    (photo,) = world.case().photos
    assert world.photos.get(photo.name)
