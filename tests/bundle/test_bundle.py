"""What is in the upload: all that runs, nothing else, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from infra.bundle import ROOT, bundle, sizes

MOST_OF_OUR_OWN = 1_000_000
RUNS_NOWHERE = ("tests/", "docs/", "workflows/training/", "infra/gcp/", "build/", "infra/bundle.py")
ENDS = (
    *(".py", ".txt", ".html", ".jinja", ".css", ".js", ".mo"),
    *(".toml", ".csv", ".yaml", ".json", ".weights", ".sha256"),
)


@pytest.fixture(scope="module")
def names(packed: bytes) -> list[str]:
    """Of all entries."""
    return zipfile.ZipFile(io.BytesIO(packed)).namelist()


def test_the_same_bytes_come_out_twice(packed: bytes) -> None:
    assert bundle() == packed
    entries = zipfile.ZipFile(io.BytesIO(packed)).infolist()
    assert {(entry.date_time, entry.external_attr) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0o644 << 16)}


def test_every_module_and_template_that_runs_is_in_it(names: list[str]) -> None:
    modules = [str(p.relative_to(ROOT)) for top in ("functions", "workflows", "infra") for p in _files(top, ".py")]
    templates = [str(p.relative_to(ROOT)) for p in _files("templates", ".html", ".jinja", ".txt", ".css", ".js")]
    missing = {name for name in [*modules, *templates] if not name.startswith(RUNS_NOWHERE)} - set(names)
    assert not missing
    assert {"main.py", "requirements.txt", "infra/topology.yaml", "infra/firestore.indexes.json"} <= set(names)


def test_nothing_else_is_in_it(names: list[str]) -> None:
    assert not [name for name in names if name.startswith(RUNS_NOWHERE)]
    assert {Path(name).suffix for name in names} <= set(ENDS)


def test_translations_are_compiled(names: list[str]) -> None:
    languages = {str(p.relative_to(ROOT).with_suffix(".mo")) for p in _files("templates", ".po")}
    assert languages and languages <= set(names)


def test_our_own_part_is_small(packed: bytes) -> None:
    own, _ = sizes(packed)
    assert own < MOST_OF_OUR_OWN


def test_every_requirement_is_pinned_with_hashes(packed: bytes) -> None:
    text = zipfile.ZipFile(io.BytesIO(packed)).read("requirements.txt").decode()
    wanted = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(wanted) > 20
    assert not [each.split()[0] for each in wanted if "==" not in each or "--hash=sha256:" not in each]


def _files(top: str, *ends: str) -> list[Path]:
    return [path for path in sorted((ROOT / top).rglob("*")) if path.suffix in ends and path.is_file()]
