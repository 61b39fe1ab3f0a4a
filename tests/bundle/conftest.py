"""The bundle unpacked, and a virtual environment that holds its requirements.txt and nothing else."""

from __future__ import annotations
import io
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from infra.bundle import bundle

PINNED = re.compile(r"^([\w.-]+)(?:\[[^]]*])?==([^ \\;]+)", re.MULTILINE)


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
    """Of the environment: links to the pinned distributions, which pip has installed here by the same hashes."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    (site,) = folder.glob("lib/python*/site-packages")
    for name, version in PINNED.findall((unpacked / "requirements.txt").read_text("utf-8")):
        assert distribution(name).version == version, f"{name} is not as pinned: make packages"
        _link(name, site, python)
    return python


def _link(name: str, site: Path, python: Path) -> None:
    found = distribution(name)
    for file in found.files or ():
        source, target = Path(str(found.locate_file(file))), site / file
        if file.parent.name == "bin":
            script = python.with_name(file.name)
            script.write_text(f"#!{python}\n" + source.read_text("utf-8").partition("\n")[2])
            script.chmod(0o755)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
