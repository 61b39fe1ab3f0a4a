"""Every place for photos keeps what it was given, whole, under its name and no other."""

from __future__ import annotations
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.storage_emulator import PROJECT, bucket, storage_emulator
from workflows.adapters.cloud_storage import PhotoBucket, open_bucket
from workflows.adapters.photo_folder import PhotoFolder
from workflows.failures import PhotosUnavailable
from workflows.ports import Photos

__all__ = ["bucket", "storage_emulator"]

NAME = "LKS-7K2M-Q9FD-4-aB3_x-Yz.jpg"
JPEG = "image/jpeg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def in_folder(folder: Path) -> Photos:
    return PhotoFolder(folder)


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def photos(request: pytest.FixtureRequest) -> Photos:
    """Every place that photos may have."""
    if request.param == "folder":
        return PhotoFolder(request.getfixturevalue("folder"))
    return PhotoBucket(request.getfixturevalue("bucket"), PROJECT)


def test_what_is_put_comes_back_with_its_type(photos: Photos) -> None:
    photos.put(NAME, b"\xff\xd8 one", JPEG)
    photos.put("LKS-7K2M-Q9FD-4-c.k.webp", b"RIFF", "image/webp")
    assert photos.get(NAME) == (b"\xff\xd8 one", JPEG)
    assert photos.get("LKS-7K2M-Q9FD-4-c.k.webp") == (b"RIFF", "image/webp")


def test_a_mail_that_waits_to_be_read_is_kept_too(photos: Photos) -> None:
    photos.put("surat-0123abcd.eml", b"From: a\r\n\r\n\xff", "message/rfc822")
    assert photos.get("surat-0123abcd.eml") == (b"From: a\r\n\r\n\xff", "message/rfc822")


def test_the_same_again_changes_nothing(photos: Photos) -> None:
    photos.put(NAME, b"one", JPEG)
    photos.put(NAME, b"one", JPEG)
    assert photos.get(NAME) == (b"one", JPEG)


def test_what_was_never_put_is_not_there(photos: Photos) -> None:
    assert photos.get(NAME) is None
    photos.put(NAME, b"one", JPEG)
    assert photos.get("LKS-7K2M-Q9FD-4-other.jpg") is None


def test_what_is_deleted_is_gone_and_may_be_deleted_again(photos: Photos) -> None:
    photos.delete(NAME)
    photos.put(NAME, b"one", JPEG)
    photos.delete(NAME)
    photos.delete(NAME)
    assert photos.get(NAME) is None


NO_NAMES = [
    "",
    ".",
    "..",
    "../laksa.db",
    "..jpg",
    ".part.jpg",
    "a/b.jpg",
    "/etc/passwd.jpg",
    "a\\b.jpg",
    "a\0.jpg",
    "a.jpg\n",
    "a.b.c.jpg",
    "a.svg",
    "a",
    "é.jpg",
    "a" * 300 + ".jpg",
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_that_could_lead_elsewhere_is_none(photos: Photos, name: str) -> None:
    with pytest.raises(ValueError):
        photos.put(name, b"", JPEG)
    with pytest.raises(ValueError):
        photos.get(name)
    with pytest.raises(ValueError):
        photos.delete(name)


def test_a_photo_is_not_kept_under_the_name_of_another_type(photos: Photos) -> None:
    with pytest.raises(ValueError):
        photos.put(NAME, b"", "image/png")
    with pytest.raises(ValueError):
        photos.put(NAME, b"", "text/html")


def test_what_is_kept_is_listed_by_how_its_name_begins(photos: Photos) -> None:
    assert photos.names("LKS-") == []
    for name in ("LKS-7K2M-Q9FD-4-b.jpg", "LKS-7K2M-Q9FD-4-a.k.jpg", "LKS-7K2M-Q9FD-5-a.jpg"):
        photos.put(name, b"\xff\xd8", JPEG)
    assert photos.names("LKS-7K2M-Q9FD-4-") == ["LKS-7K2M-Q9FD-4-a.k.jpg", "LKS-7K2M-Q9FD-4-b.jpg"]
    assert len(photos.names("")) == 3


def test_several_at_once_do_not_mix(photos: Photos) -> None:
    def put(n: int) -> None:
        photos.put(NAME, bytes([n % 4]) * 50_000, JPEG)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    kept = photos.get(NAME)
    assert kept is not None and len(kept[0]) == 50_000 and len(set(kept[0])) == 1


def test_the_folder_is_for_its_owner_only_and_holds_nothing_but_the_photos(folder: Path, in_folder: Photos) -> None:
    in_folder.put(NAME, b"one", JPEG)
    assert [file.name for file in folder.iterdir()] == [NAME]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


def test_a_place_that_is_away_is_told_in_the_ports_words(folder: Path, in_folder: Photos) -> None:
    folder.write_text("a file stands where the folder should")
    with pytest.raises(PhotosUnavailable):
        in_folder.put(NAME, b"one", JPEG)
    with pytest.raises(PhotosUnavailable):
        in_folder.get(NAME)


WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from workflows.adapters.photo_folder import PhotoFolder
from workflows.failures import PhotosUnavailable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    PhotoFolder(Path(sys.argv[1])).put(sys.argv[2], b"x" * 10_000, "image/jpeg")
except PhotosUnavailable:
    sys.exit(7)
"""


@pytest.mark.slow
def test_a_write_that_fails_half_way_leaves_the_old_photo(folder: Path, in_folder: Photos) -> None:
    in_folder.put(NAME, b"one", JPEG)
    assert subprocess.run([sys.executable, "-c", WITHOUT_ROOM, str(folder), NAME]).returncode == 7
    assert in_folder.get(NAME) == (b"one", JPEG)
    assert [file.name for file in folder.iterdir()] == [NAME]


def test_a_bucket_keeps_its_photos_from_caches_and_from_everybody(bucket: str) -> None:
    PhotoBucket(bucket, PROJECT).put(NAME, b"one", JPEG)
    kept = open_bucket(bucket, PROJECT).get_blob(NAME)
    assert (kept.content_type, kept.cache_control) == (JPEG, "private, no-store")


def test_what_lies_deeper_in_the_bucket_is_no_photo(bucket: str) -> None:
    open_bucket(bucket, PROJECT).blob("erasures/one.json").upload_from_string("{}")
    assert PhotoBucket(bucket, PROJECT).names("") == []


@pytest.mark.usefixtures("storage_emulator")
def test_a_bucket_that_is_not_there_is_told_in_the_ports_words() -> None:
    nowhere = PhotoBucket("laksa-nowhere", PROJECT)
    with pytest.raises(PhotosUnavailable):
        nowhere.put(NAME, b"one", JPEG)


def test_a_bucket_that_does_not_answer_is_told_in_the_ports_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "http://127.0.0.1:9")
    monkeypatch.setattr("workflows.adapters.cloud_storage.SECONDS", 0.2)
    open_bucket.cache_clear()
    away = PhotoBucket("laksa-away", PROJECT)
    for call in (lambda: away.put(NAME, b"one", JPEG), lambda: away.get(NAME), lambda: away.names("LKS-")):
        with pytest.raises(PhotosUnavailable):
            call()
    open_bucket.cache_clear()
