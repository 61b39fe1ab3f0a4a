"""Moving a whole city: nothing is lost, nothing is there twice, and a cut anywhere is taken up."""

from __future__ import annotations
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from tests.workflows.moving_cases import DOCUMENTS, Cut, city_at, exported, imported, whole
from tests.workflows.personal import SENT, WHO, City, city_in, found, lived
from tests.workflows.world import table
from workflows.adapters.city_file import writing
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.domain.privacy.retention import WHOLE
from workflows.failures import StoreUnavailable
from workflows.mail.send_notice import claim_notice
from workflows.migration import import_city
from workflows.migration.checksums import photo_names
from workflows.migration.export_city import differing, export_city, require_no_leased_notices, require_unchanged
from workflows.migration.import_guard import require_whole
from workflows.migration.jsonl import from_line, to_line
from workflows.migration.manifest import probe
from workflows.migration.ports import CannotMove, Row
from workflows.ports import Document
from workflows.privacy.erase import erase
from workflows.privacy.ledger import ASKED
from workflows.routing.route_complaint import route

pytestmark = pytest.mark.slow

BUDI = "+62812987654"
OTHER = replace(SENT, message=SENT.message + " Dua.", name="Budi", email="budi@contoh.example", phone=BUDI)
THIRD = replace(OTHER, message=SENT.message + " Tiga.", email="tiga@contoh.example")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a city with two cases, of which one was erased."""
    with city_in(tmp_path_factory.mktemp("closed")) as city:
        lived(city)
        erase(city.keepers, lived(city, OTHER), WHOLE, ASKED)
        return city.folder


@pytest.fixture
def old(closed: Path, tmp_path: Path) -> Iterator[City]:
    """That city, opened in a copy of its folder."""
    with city_in(shutil.copytree(closed, tmp_path / "old")) as city:
        yield city


@pytest.fixture
def new(tmp_path: Path) -> Iterator[City]:
    """An empty one."""
    with city_at(tmp_path / "new") as city:
        yield city


@pytest.fixture
def file(old: City, tmp_path: Path) -> Path:
    """The old city's."""
    exported(old, tmp_path / "city.zip")
    return tmp_path / "city.zip"


def test_the_new_city_exports_the_same_bytes(old: City, new: City, file: Path, tmp_path: Path) -> None:
    moved = imported(new, file)
    assert exported(new, tmp_path / "again.zip") == file.read_bytes()
    assert differing(whole(new), moved.manifest) == []
    assert photo_names(new.photos) == photo_names(old.photos)
    assert (moved.again, moved.erased) == (False, 0)
    assert set(moved.manifest.documents) >= {"complaints", "complaints/timeline", "reporters", "inbound"}


def test_the_file_names_nobody_who_was_erased(file: Path, tmp_path: Path, new: City) -> None:
    imported(new, file)
    assert not found(tmp_path / "new", ("budi@contoh.example", "812987654"))
    assert found(tmp_path / "new", WHO), "the other one is there"


def test_cut_anywhere_it_goes_on_and_is_the_same(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_city, "MOST", 5)
    for cut in range(200):
        with city_at(tmp_path / f"cut-{cut}") as city:
            try:
                imported(city, file, cut_after=cut)
            except Cut:
                if cut:
                    with pytest.raises(StoreUnavailable, match="was cut"):
                        require_whole(city.store)
                imported(city, file)
                assert exported(city, tmp_path / f"{cut}.zip") == file.read_bytes()
                continue
            break
    assert 5 < cut < 199


def test_a_target_with_a_city_in_it_is_refused_and_left_alone(new: City, file: Path) -> None:
    lived(new, OTHER)
    before = list(new.store.rows())
    with pytest.raises(CannotMove, match=r"another city \(1 complaints\)"):
        imported(new, file)
    assert list(new.store.rows()) == before


def test_a_target_with_photos_alone_is_refused(new: City, file: Path) -> None:
    new.photos.put("LKS-0000-0000-0-abc.jpg", b"x", "image/jpeg")
    with pytest.raises(CannotMove, match="photos"):
        imported(new, file)


def test_what_a_first_start_leaves_makes_room(new: City, file: Path, tmp_path: Path) -> None:
    new.store.transact(lambda tx: tx.set("system", "sweep", {"at": datetime.now(UTC), "woken": 0}))
    imported(new, file)
    assert exported(new, tmp_path / "again.zip") == file.read_bytes()


def test_a_half_imported_target_takes_no_other_file(old: City, new: City, file: Path, tmp_path: Path) -> None:
    lived(old, THIRD)
    exported(old, tmp_path / "later.zip")
    with pytest.raises(Cut):
        imported(new, file, cut_after=2)
    with pytest.raises(CannotMove, match="another file"):
        imported(new, tmp_path / "later.zip")


@pytest.mark.parametrize("at", [0.02, 0.2, 0.4, 0.6, 0.8, 0.99], ids=lambda at: f"at {at:.0%}")
def test_a_damaged_file_is_refused_before_anything_is_written(new: City, file: Path, at: float) -> None:
    data = bytearray(file.read_bytes())
    for n in range(3):
        data[int(len(data) * at) + n] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(CannotMove):
        imported(new, file)
    assert list(new.store.rows()) == []


def test_a_file_that_was_cut_or_is_something_else_is_refused(new: City, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    for data in (file.read_bytes()[:-100], b"", b"ticket,state\n"):
        other.write_bytes(data)
        with pytest.raises(CannotMove):
            imported(new, other)
    with writing(tmp_path / "foreign.zip") as out:
        out.put("letter.txt", b"x")
    with pytest.raises(CannotMove, match=r"manifest\.json is missing"):
        imported(new, tmp_path / "foreign.zip")


def test_what_was_erased_after_the_export_is_erased_again(old: City, new: City, file: Path) -> None:
    """The file is old, the ledger beside the target is not."""
    erased = next(row.id for row in old.store.rows() if row.collection == "reporters")
    erase(old.keepers, erased, WHOLE, ASKED)
    for line in old.keepers.ledger.lines():
        new.keepers.ledger.append(line)
    assert imported(new, file).erased == 1
    assert new.store.get("reporters", erased) is None
    assert WHOLE in new.case(erased).erasure.erased
    assert len(new.keepers.ledger.lines()) == 2


def test_a_change_while_it_is_read_is_noticed(old: City, tmp_path: Path) -> None:
    with writing(tmp_path / "city.zip") as out:
        manifest = export_city(whole(old), out, probe(old.services.links))
    require_unchanged(whole(old), manifest)
    lived(old, THIRD)
    with pytest.raises(CannotMove, match=r"running: complaints, .*photos changed"):
        require_unchanged(whole(old), manifest)


def test_a_letter_in_hand_is_noticed_until_its_lease_is_over(old: City) -> None:
    require_no_leased_notices(old.store, old.clock.now())
    waiting = next(notice for notice in _after_a_report(old) if notice.state == NoticeState.QUEUED)
    assert claim_notice(old.services, waiting.id)
    with pytest.raises(CannotMove, match="1 letters are being sent"):
        require_no_leased_notices(old.store, old.clock.now())
    require_no_leased_notices(old.store, old.clock.now() + timedelta(hours=1))


def _after_a_report(city: City) -> list[Notice]:
    """Its letters are written down and nobody has sent them."""
    city.submit(THIRD)
    route(city.services, city.bus.messages.pop()[1]["ticket"], table())
    return city.notices()


def test_what_lies_below_unknown_documents_is_no_silent_loss(old: City, tmp_path: Path) -> None:
    old.store.transact(lambda tx: tx.set("complaints/LKS/drafts", "1", {}))
    with pytest.raises(CannotMove, match="complaints/drafts is not known"):
        exported(old, tmp_path / "city.zip")
    assert not list(tmp_path.glob("city.zip*"))


@given(DOCUMENTS)
def test_any_document_comes_back_from_its_line(data: Document) -> None:
    row = Row("complaints", "LKS-0000-0000-0", data)
    line = to_line(row)
    assert from_line(line) == row
    assert line.count(b"\n") == 1
    assert to_line(replace(row, data=dict(reversed(data.items())))) == line


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"in":"a","id":"b"}', b'{"in":"a","id":"b","data":[]}'])
def test_anything_else_is_no_document(line: bytes) -> None:
    with pytest.raises(CannotMove):
        from_line(line)
