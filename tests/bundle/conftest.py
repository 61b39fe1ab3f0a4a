"""The bundle unpacked, and a virtual environment that holds its requirements.txt and nothing else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.bundle import bundle


@pytest.fixture(scope="session")
def packed() -> bytes:
    """The archive."""
    return bundle()


@pytest.fixture(scope="session")
def unpacked(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder."""
    folder = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def python(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the environment, installed by pip as Google's builder does: seconds, and a network."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install", "-q"]
    command += ["--no-compile", "--retries", "1", "--require-hashes", "-r", unpacked / "requirements.txt"]
    installed = subprocess.run([*map(str, command)], capture_output=True, text=True)
    if installed.returncode:
        _do_without(installed.stderr)
    return python


def _do_without(said: str) -> None:
    """Only a missing network excuses."""
    if "No matching distribution" in said and not os.environ.get("CI"):
        pytest.skip("needs the network, for pip")
    pytest.fail(said[-2000:], pytrace=False)
