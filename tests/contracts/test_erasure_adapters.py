"""What an erasure relies on: letters found by their case, a ledger that survives, a file without rests."""

from __future__ import annotations
import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.contracts.conftest import INDEXES
from tests.storage_emulator import PROJECT, bucket, storage_emulator
from workflows.adapters.cloud_storage import FOLDER, ErasureBucket, open_bucket
from workflows.adapters.file_mailer import CaughtFolder, MailCatcher
from workflows.adapters.local_files import OLD, ErasureFile, remove_leftovers
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.failures import StoreConflict
from workflows.ports import LedgerFile, Mail

__all__ = ["bucket", "storage_emulator"]
TICKET, OTHER = "LKS-7K2M-Q9FD-4", "LKS-7K2M-Q9FD-5"


def caught(folder: Path, *ids: str, to: str = "warga@contoh.example") -> CaughtFolder:
    """A folder with a letter of each id, each about whatever else its subject names."""
    catcher = MailCatcher(folder, "laksa@laksa.example")
    for id in ids:
        catcher.send(Mail(to, f"{TICKET}: kabar", "Isi ✓ panjang", "<p>Isi ✓ panjang</p>", f"{id}@laksa.example"))
    return CaughtFolder(folder)


def test_letters_are_found_by_their_case_and_not_by_what_they_name(tmp_path: Path) -> None:
    ids = (f"{TICKET}.1.receipt.citizen", f"{OTHER}.1.receipt.citizen", "digest.2026-07-06.DLH", f"{TICKET}.2.x.head")
    folder = caught(tmp_path, *ids)
    assert [letter.notice for letter in folder.about(TICKET)] == [ids[0], ids[3]]
    assert [letter.notice for letter in folder.about("LKS-0000-0000-0")] == []


def test_a_letter_to_the_mailbox_behind_another_is_the_same_letter(tmp_path: Path) -> None:
    (letter,) = caught(tmp_path, f"{TICKET}.1.new_case.department.fallback").about(TICKET)
    assert letter.notice == f"{TICKET}.1.new_case.department"


def test_what_a_letter_says_is_read_whole_however_it_is_encoded(tmp_path: Path) -> None:
    (letter,) = caught(tmp_path, f"{TICKET}.1.receipt.citizen").about(TICKET)
    assert letter.words.count("Isi ✓ panjang") == 2
    assert "warga@contoh.example" in letter.words


def test_a_letter_that_is_deleted_is_gone_with_the_address_in_its_name(tmp_path: Path) -> None:
    folder = caught(tmp_path, f"{TICKET}.1.receipt.citizen", f"{OTHER}.1.receipt.citizen")
    (letter,) = folder.about(TICKET)
    folder.delete(letter.name)
    folder.delete(letter.name)
    assert folder.about(TICKET) == []
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_where_letters_are_really_sent_there_are_none(tmp_path: Path) -> None:
    assert CaughtFolder(tmp_path / "mail").about(TICKET) == []


@pytest.fixture(params=["file", pytest.param("bucket", marks=pytest.mark.slow)])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerFile:
    """Every place that the ledger may have."""
    if request.param == "file":
        return ErasureFile(tmp_path / "erasures.jsonl")
    return ErasureBucket(request.getfixturevalue("bucket"), PROJECT)


def test_a_ledger_keeps_every_line_in_its_order(ledger: LedgerFile) -> None:
    assert ledger.lines() == []
    for n in (3, 1, 2, 1):
        ledger.append(f'{{"n": {n}}}')
    assert ledger.lines() == [f'{{"n": {n}}}' for n in (3, 1, 2, 1)]


def test_a_ledger_loses_no_line_of_several_who_write_at_once(ledger: LedgerFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ledger.append, (f'{{"n": {n}}}' for n in range(40))))
    assert sorted(ledger.lines()) == sorted(f'{{"n": {n}}}' for n in range(40))


def test_a_ledger_in_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    ErasureFile(tmp_path / "erasures.jsonl").append("{}")
    assert stat.S_IMODE((tmp_path / "erasures.jsonl").stat().st_mode) == 0o600


def test_a_line_that_was_copied_into_the_bucket_by_hand_is_read_too(bucket: str) -> None:
    ledger = ErasureBucket(bucket, PROJECT)
    ledger.append('{"n": 2}')
    open_bucket(bucket, PROJECT).blob(f"{FOLDER}2020-01-01.json").upload_from_string('{"n": 1}\n')
    assert ledger.lines() == ['{"n": 1}', '{"n": 2}']


def test_half_a_line_that_a_kill_left_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "erasures.jsonl").write_text('{"n": 1}\n{"n": ')
    file = ErasureFile(tmp_path / "erasures.jsonl")
    file.append('{"n": 3}')
    assert file.lines() == ['{"n": 1}', '{"n": ', '{"n": 3}']


def test_photos_are_listed_by_how_their_names_begin(tmp_path: Path) -> None:
    photos = PhotoFolder(tmp_path / "photos")
    assert photos.names(TICKET) == []
    for name in (f"{TICKET}-b.jpg", f"{TICKET}-a.k.jpg", f"{OTHER}-a.jpg"):
        photos.put(name, b"\xff\xd8", "image/jpeg")
    assert photos.names(f"{TICKET}-") == [f"{TICKET}-a.k.jpg", f"{TICKET}-b.jpg"]


def test_only_what_nobody_writes_any_more_is_a_leftover(tmp_path: Path) -> None:
    for name, age in ((".old.part", OLD + 60), (".new.part", 0.0), ("photo.jpg", OLD + 60)):
        (tmp_path / name).write_bytes(b"x")
        moment = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (moment, moment))
    remove_leftovers(tmp_path, tmp_path / "nowhere")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".new.part", "photo.jpg"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "laksa.db", INDEXES, busy_seconds=0.2)) as opened:
        yield opened


def in_files(folder: Path, word: bytes) -> list[str]:
    return [file.name for file in sorted(folder.iterdir()) if word in file.read_bytes()]


def test_after_a_scrub_no_file_of_the_store_holds_what_was_deleted(store: SqliteStore, tmp_path: Path) -> None:
    store.transact(lambda tx: tx.set("things", "kept", {"text": "yang tetap"}))
    with closing(sqlite3.connect(tmp_path / "laksa.db", isolation_level=None)) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        rows = [("things", f"{n}", "rahasia warga " * 300) for n in range(50)]
        careless.executemany("INSERT INTO documents VALUES (?, ?, ?)", rows)
        careless.execute("DELETE FROM documents WHERE id != 'kept'")
    assert in_files(tmp_path, b"rahasia warga") == ["laksa.db-wal"]
    store.transact(lambda tx: tx.set("things", "more", {"text": "menyusul"}))
    store.scrub()
    assert in_files(tmp_path, b"rahasia warga") == []
    assert store.get("things", "kept") == {"text": "yang tetap"}
    assert in_files(tmp_path, b"yang tetap") == ["laksa.db"]


def test_while_somebody_reads_an_old_state_a_scrub_says_that_it_could_not(store: SqliteStore, tmp_path: Path) -> None:
    store.transact(lambda tx: tx.set("things", "one", {"text": "rahasia warga"}))
    with closing(sqlite3.connect(tmp_path / "laksa.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        store.transact(lambda tx: tx.delete("things", "one"))
        with pytest.raises(StoreConflict):
            store.scrub()
        reader.execute("COMMIT")
    store.scrub()
    assert in_files(tmp_path, b"rahasia warga") == []


def test_what_is_deleted_is_overwritten_at_once(store: SqliteStore, tmp_path: Path) -> None:
    store.transact(lambda tx: tx.set("things", "one", {"text": "rahasia warga " * 300}))
    store.transact(lambda tx: tx.delete("things", "one"))
    with closing(sqlite3.connect(tmp_path / "laksa.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert in_files(tmp_path, b"rahasia warga") == []
