"""`make bundle`: everything that runs and nothing else, in one reproducible archive for Cloud Functions or Cloud
Run.
"""

from __future__ import annotations
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from functions.app.data_files import WRITTEN, ask_library, load_policy
from workflows.domain.deadlines.city_days import NationalYear

ROOT = Path(__file__).parents[1]
FILE = ROOT / "build" / "laksa-bundle.zip"
RUNS = (
    *("main.py", "requirements.txt", "infra/topology.yaml", "infra/firestore.indexes.json"),
    *("cli/**/*.py", "functions/**/*.py", "workflows/**/*.py", "infra/**/*.py", "infra/embedded/pages/*.html"),
    *("templates/pages/*", "templates/emails/*", "templates/locale/**/*.po"),
    *("workflows/data/*.toml", "workflows/data/answers.csv", "workflows/data/routing/*.csv"),
    *("workflows/data/weights/routing.weights", "workflows/data/weights/routing.sha256"),
)
LEFT_OUT = ("workflows/training/", "infra/bundle.py")
TABLES = ("workflows/data/", "requirements.txt")
"""Data and generated files, whose size is counted apart from our own code."""
RULES = "workflows/data/policy.toml"
YEARS = range(2024, 2041)
"""Years whose national days are written into the bundle; for any other the library is asked."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def main() -> int:
    """Write the archive and print its size."""
    FILE.parent.mkdir(exist_ok=True)
    made = bundle()
    FILE.write_bytes(made)
    own, tables = sizes(made)
    sys.stdout.write(f"{FILE.relative_to(ROOT)}: {len(made):,} bytes\n")
    sys.stdout.write(f"  code and templates        {own:9,} bytes packed\n")
    sys.stdout.write(f"  weights, tables, pins     {tables:9,} bytes packed\n")
    return 0


def bundle(root: Path = ROOT) -> bytes:
    """The archive: names in order, no dates, no owners, translations compiled. PolicyError for invalid rules: a
    form reads them in part, so a citizen would meet the mistake.
    """
    load_policy(root / RULES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in entries(root):
            archive.writestr(_entry(name), data, compresslevel=6)
    return packed.getvalue()


def entries(root: Path = ROOT) -> Iterator[tuple[str, bytes]]:
    """(name in the archive, bytes) of every file that runs."""
    found = {str(path.relative_to(root)) for pattern in RUNS for path in root.glob(pattern) if path.is_file()}
    for name in sorted(found):
        if not name.startswith(LEFT_OUT):
            data = (root / name).read_bytes()
            yield (f"{name.removesuffix('.po')}.mo", _compiled(data)) if name.endswith(".po") else (name, data)
    yield from _compiled_pages()
    yield str(WRITTEN.relative_to(ROOT)), _national_days().encode()


def sizes(made: bytes) -> tuple[int, int]:
    """Compressed bytes of (our own code and templates, everything else)."""
    own = tables = 0
    for entry in zipfile.ZipFile(io.BytesIO(made)).infolist():
        if entry.filename.startswith(TABLES):
            tables += entry.compress_size
        else:
            own += entry.compress_size
    return own, tables


def _compiled(po: bytes) -> bytes:
    """The catalogue compiled as `pybabel compile` does it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled, catalog = io.BytesIO(), read_po(io.BytesIO(po))
    catalog.creation_date = datetime(*_LONG_AGO, tzinfo=UTC)  # Babel would write the current minute
    write_mo(compiled, catalog)
    return compiled.getvalue()


def _compiled_pages() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every page's template compiled to Python; the same in every language."""
    from functions.views.shared.rendering import COMPILED, PAGES, environment

    with tempfile.TemporaryDirectory() as folder:
        environment("id").compile_templates(folder, extensions=["html"], zip=None, ignore_errors=False)
        for made in sorted(Path(folder).iterdir()):
            yield f"templates/{COMPILED}/{PAGES.name}/{made.name}", made.read_bytes()


def _national_days() -> str:
    """The national days of YEARS as the library knows them now, as JSON."""
    return json.dumps({str(year): _written_down(ask_library(year)) for year in YEARS}, ensure_ascii=False)


def _written_down(known: NationalYear) -> dict[str, Any]:
    return {"days": {day.isoformat(): name for day, name in sorted(known.days.items())}, "leave": known.leave}


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
    return info


if __name__ == "__main__":
    sys.exit(main())
