"""A database that was restored under another name, as docs/runbook.md says: what was erased since stays erased."""

from __future__ import annotations
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.journeys.city import City, Mail, Ticket
from tests.journeys.log_leaks import addresses_in, found_in, secrets_of
from tests.journeys.offices import DISHUB, LAMP
from tests.journeys.test_erasing import lived
from tests.log_lines import lines_of
from tests.pictures.given import encoded, scene
from tests.storage_emulator import storage_emulator
from tests.workflows.personal import SAID, WHO
from workflows.adapters.cloud_storage import open_bucket

__all__ = ["storage_emulator"]
pytestmark = [pytest.mark.emulator, pytest.mark.whole]
OLD, NEW = "kota", "kota-kembali"
DATABASE = "LAKSA_FIRESTORE_DATABASE"
KEEPS = "warga@surat.example"


@dataclass
class Restored:
    """The city, now on the new database, and what was there before."""

    city: City
    first: City
    bucket: str
    gone: Ticket
    kept: Ticket
    letter: Mail
    before: list[Mail]
    copied: str
    replayed: list[CompletedProcess[str]]
    after: str
    old: str


@pytest.fixture(scope="module")
def restored(
    tmp_path_factory: pytest.TempPathFactory, firestore_emulator: str, pubsub_emulator: str, storage_emulator: str
) -> Iterator[Restored]:
    """Backed up; somebody is erased, the city stopped, the ledger replayed on the copy, and begun again there."""
    name = "laksa-kembali"
    open_bucket(name, "laksa-test").create()
    env = {"LAKSA_PHOTO_BUCKET": name, "LAKSA_KEYS": "kunci-uji-" * 4, "STORAGE_EMULATOR_HOST": storage_emulator}
    city = City(tmp_path_factory.mktemp("restore"), "google", env | {DATABASE: OLD}).start()
    gone = lived(city)
    kept = city.submit(LAMP, encoded(scene(3)), email=KEEPS)
    letter = city.mail(DISHUB, kept.number)
    copied = copy(city.project, OLD, NEW)
    assert city.laksa("erase", gone.number, "--yes").returncode == 0
    before = city.mails()
    assert city.stop() == 0
    begun = City(city.data, "google", env | {DATABASE: NEW})
    replayed = begun.commands(*[("erase", "--replay", "--json")] * 2)
    after, old = whole(city.project, NEW), whole(city.project, OLD)
    yield Restored(begun.start(), city, name, gone, kept, letter, before, copied, replayed, after, old)
    assert begun.stop() == 0


def copy(project: str, old: str, new: str) -> str:
    """Every document of one database into another, as a backup brings it back; all of it as text."""
    from google.cloud.firestore import Client

    source: Any = Client(project=project, database=old)
    target: Any = Client(project=project, database=new)
    found = list(documents(source))
    for path, data in found:
        target.document(path).set(data)
    source.close()
    target.close()
    return _text(found)


def whole(project: str, database: str) -> str:
    """All that a database holds, as text in small letters."""
    from google.cloud.firestore import Client

    client: Any = Client(project=project, database=database)
    found = list(documents(client))
    client.close()
    return _text(found)


def documents(parent: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and fields of every document below a client or a document, as Firestore has them."""
    for collection in parent.collections():
        for document in collection.stream():
            yield document.reference.path, document.to_dict()
            yield from documents(document.reference)


def _text(found: list[tuple[str, dict[str, Any]]]) -> str:
    return json.dumps(dict(found), default=str, ensure_ascii=False).casefold()


def here(city: City, url: str) -> str:
    """The same link at the port of the new process; outside, both are behind one name."""
    return f"{city.url}/{url.split('/', 3)[3]}"


def words_in(text: str) -> list[str]:
    return [word for word in WHO + SAID if word in text]


def test_the_copy_brings_back_who_was_erased_and_the_replay_erases_them(restored: Restored) -> None:
    assert {"zubaedah", "mangga"} <= set(words_in(restored.copied))
    assert [(done.returncode, done.stderr) for done in restored.replayed] == [(0, ""), (0, "")]
    said = [json.loads(done.stdout) for done in restored.replayed]
    assert said == [{"erased_again": 1, "unreadable": []}, {"erased_again": 0, "unreadable": []}]
    assert words_in(restored.after) == [] and KEEPS in restored.after


def test_no_file_of_the_city_or_its_bucket_holds_them_either(restored: Restored) -> None:
    files = [f for f in restored.city.data.rglob("*") if f.is_file() and f.name != "host.log"]
    assert words_in("".join(file.read_text("utf-8", "replace").casefold() for file in files)) == []
    blobs = [blob.name for blob in open_bucket(restored.bucket, "laksa-test").list_blobs()]
    assert [name for name in blobs if name.startswith(restored.gone.number)] == []
    assert [name for name in blobs if name.startswith(restored.kept.number)]
    assert [name.split("/")[0] for name in blobs if "/" in name] == ["erasures"]


def test_links_in_old_mails_open_and_the_erased_one_s_says_so(restored: Restored) -> None:
    city, gone = restored.city, restored.gone
    for url in (restored.letter.link, restored.kept.url):
        assert city.page(here(city, url))["ticket"] == restored.kept.number
    page = city.http.get(here(city, gone.url))
    assert page.status_code == 410 and "sudah dihapus" in page.text


def test_what_went_out_stays_out_and_the_clock_goes_on(restored: Restored) -> None:
    city = restored.city
    assert [mail.message_id for mail in city.mails()] == [mail.message_id for mail in restored.before]
    city.clock((restored.first.now + timedelta(days=4)).isoformat())
    assert city.mail(DISHUB, restored.kept.number).message_id != restored.letter.message_id, "reminded"
    assert set(Counter(mail.message_id for mail in city.mails()).values()) == {1}
    mornings = [mail.link for mail in city.mails(DISHUB) if mail.subject.startswith("Laksa ")]
    assert [case["ticket"] for case in city.page(mornings[-1])["cases"]] == [restored.kept.number]
    fresh = city.submit(LAMP.replace("gang", "jalan"), email=KEEPS)
    assert fresh.state()["department"]["code"] == "DISHUB"


def test_the_log_of_both_tells_nothing_of_them(restored: Restored) -> None:
    log = (restored.city.data / "host.log").read_text("utf-8")
    assert lines_of(log)
    assert words_in(log.casefold()) == []
    assert addresses_in(log) == [] and found_in(log, secrets_of(restored.before, restored.gone.url)) == []


def test_the_old_database_is_touched_no_more(restored: Restored) -> None:
    assert whole(restored.city.project, OLD) == restored.old
