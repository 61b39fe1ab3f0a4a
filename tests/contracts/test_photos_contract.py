"""Every place for photos keeps what it was given, whole, under its name and no other."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from workflows.adapters.photo_folder import PhotoFolder
from workflows.errors import PhotosUnavailable
from workflows.ports import Photos

NAME = "LKS-7K2M-Q9FD-4-aB3_x-Yz.jpg"
JPEG = "image/jpeg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def photos(folder: Path) -> Photos:
    return PhotoFolder(folder)


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


def test_several_at_once_do_not_mix(photos: Photos) -> None:
    def put(n: int) -> None:
        photos.put(NAME, bytes([n % 4]) * 50_000, JPEG)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    kept = photos.get(NAME)
    assert kept is not None and len(kept[0]) == 50_000 and len(set(kept[0])) == 1


def test_the_folder_is_for_its_owner_only_and_holds_nothing_but_the_photos(folder: Path, photos: Photos) -> None:
    photos.put(NAME, b"one", JPEG)
    assert [file.name for file in folder.iterdir()] == [NAME]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


def test_a_place_that_is_away_is_told_in_the_ports_words(folder: Path, photos: Photos) -> None:
    folder.write_text("a file stands where the folder should")
    with pytest.raises(PhotosUnavailable):
        photos.put(NAME, b"one", JPEG)
    with pytest.raises(PhotosUnavailable):
        photos.get(NAME)


WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from workflows.adapters.photo_folder import PhotoFolder
from workflows.errors import PhotosUnavailable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    PhotoFolder(Path(sys.argv[1])).put(sys.argv[2], b"x" * 10_000, "image/jpeg")
except PhotosUnavailable:
    sys.exit(7)
"""


@pytest.mark.slow
def test_a_write_that_fails_half_way_leaves_the_old_photo(folder: Path, photos: Photos) -> None:
    photos.put(NAME, b"one", JPEG)
    assert subprocess.run([sys.executable, "-c", WITHOUT_ROOM, str(folder), NAME]).returncode == 7
    assert photos.get(NAME) == (b"one", JPEG)
    assert [file.name for file in folder.iterdir()] == [NAME]
