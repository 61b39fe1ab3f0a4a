"""What is in the upload: all that runs, nothing else, and the same bytes every time."""

from __future__ import annotations
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from functions.app.data_files import PolicyError, ask_library
from infra.bundle import ROOT, RULES, YEARS, bundle, sizes
from workflows.domain.deadlines.city_days import NationalYear

pytestmark = pytest.mark.slow

MOST_OF_OUR_OWN = 1_000_000
RUNS_NOWHERE = ("tests/", "docs/", "workflows/training/", "infra/gcp/", "build/", "infra/bundle.py")
HOLIDAYS = """
import json, sys
from pathlib import Path
from functions.app import data_files as n
years = {y: n.national_year(int(y)) for y in sys.argv[1:]}
known = {y: [repr(sorted(year.days.items())), str(year.leave)] for y, year in years.items()}
libraries = [name for name in sys.modules if name.partition(".")[0] == "holidays"]
print(json.dumps([str(Path(n.__file__).parents[2]), known, libraries]))
"""
"""From where, what, and what was loaded for it."""
ENDS = (
    *(".py", ".txt", ".html", ".jinja", ".css", ".js", ".mo"),
    *(".toml", ".csv", ".yaml", ".json", ".weights", ".sha256"),
)


@pytest.fixture(scope="module")
def names(packed: bytes) -> list[str]:
    """Of all entries."""
    return zipfile.ZipFile(io.BytesIO(packed)).namelist()


def test_the_same_bytes_come_out_twice(packed: bytes) -> None:
    assert hashlib.sha256(bundle()).digest() == hashlib.sha256(packed).digest()
    entries = zipfile.ZipFile(io.BytesIO(packed)).infolist()
    assert {(entry.date_time, entry.external_attr) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0o644 << 16)}


def test_every_module_and_template_that_runs_is_in_it(names: list[str]) -> None:
    modules = [
        str(p.relative_to(ROOT)) for top in ("cli", "functions", "workflows", "infra") for p in _files(top, ".py")
    ]
    templates = [str(p.relative_to(ROOT)) for p in _files("templates", ".html", ".jinja", ".txt", ".css", ".js")]
    missing = {name for name in [*modules, *templates] if not name.startswith(RUNS_NOWHERE)} - set(names)
    assert not missing
    assert {"main.py", "requirements.txt", "infra/topology.yaml", "infra/firestore.indexes.json"} <= set(names)


def test_nothing_else_is_in_it(names: list[str]) -> None:
    assert not [name for name in names if name.startswith(RUNS_NOWHERE)]
    assert {Path(name).suffix for name in names} <= set(ENDS)


def test_translations_say_nothing_of_when_they_were_compiled(packed: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(packed))
    catalogs = [archive.read(name) for name in archive.namelist() if name.endswith(".mo")]
    assert catalogs and all(b"POT-Creation-Date: 1980-01-01 00:00+0000" in catalog for catalog in catalogs)


def test_translations_are_compiled(names: list[str]) -> None:
    languages = {str(p.relative_to(ROOT).with_suffix(".mo")) for p in _files("templates", ".po")}
    assert languages and languages <= set(names)


def test_the_bundle_s_holidays_are_the_library_s_and_spare_it(unpacked: Path) -> None:
    code = [sys.executable, "-c", HOLIDAYS, *map(str, YEARS)]
    said = subprocess.run(code, cwd=unpacked, env={}, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == [str(unpacked), {str(year): _told(ask_library(year)) for year in YEARS}, []]


def _told(year: NationalYear) -> list[str]:
    return [repr(sorted(year.days.items())), str(year.leave)]


def test_rules_that_cannot_be_read_make_no_bundle(tmp_path: Path) -> None:
    rules = tmp_path / RULES
    rules.parent.mkdir(parents=True)
    rules.write_text((ROOT / RULES).read_text("utf-8").replace("desk_days = 1", "desk_days = 0"), "utf-8")
    with pytest.raises(PolicyError, match="desk_days"):
        bundle(tmp_path)


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
