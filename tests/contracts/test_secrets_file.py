"""The embedded stack's keys: made once, whole, for their owner's eyes only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workflows.adapters.local_files import load_or_create
from workflows.adapters.signed_links import SignedLinks


def test_the_first_start_makes_keys_and_the_next_finds_them(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secrets.json"
    keys = load_or_create(path)
    assert len(keys[0]) >= 43
    assert load_or_create(path) == keys
    assert load_or_create(tmp_path / "other.json") != keys
    SignedLinks(keys)


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o022])
def test_only_the_owner_may_read_them_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "secrets.json"
    before = os.umask(umask)
    try:
        load_or_create(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["secrets.json"]


def test_a_key_put_in_front_by_hand_is_the_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    old = load_or_create(path)
    path.write_text(json.dumps({"keys": ["a newer key, put in front", *old]}))
    assert load_or_create(path) == ["a newer key, put in front", *old]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"keys": []}', '{"keys": "abc"}', '{"keys": [""]}', '{"keys": [1]}', '{"keys": ["a']
)
def test_a_spoilt_file_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"secrets\.json"):
        load_or_create(path)
    assert path.read_text() == text


START = """
import sys, pathlib
from workflows.adapters.local_files import load_or_create
sys.stdin.read()
print(load_or_create(pathlib.Path(sys.argv[1]))[0])
"""


def test_processes_that_start_at_once_get_the_same_keys(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(tmp_path / "secrets.json")]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    keys = set()
    for process in processes:
        assert process.stdout is not None
        with process.stdout:
            keys.add(process.stdout.read().strip())
        assert process.wait(timeout=120) == 0
    assert len(keys) == 1
