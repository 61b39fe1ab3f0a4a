"""What the first page does not need is not imported for it."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "google.cloud.firestore",
    "google.cloud.pubsub",
    "google.cloud.storage",
    "google.auth",
    "cryptography",
    "google.api_core",
    "grpc",
    "babel",
    "holidays",
    "phonenumbers",
    "segno",
    "email_validator",
    "smtplib",
    "yaml",
    "PIL",
)
OF_A_REPORT = (
    "functions.web.intake_form",
    "functions.views.shared.context",
    "workflows.domain.deadlines.calendar",
    "workflows.domain.complaint.model",
    "workflows.domain.directory",
    "workflows.domain.privacy.redaction",
    "workflows.domain.deadlines.policy",
    "workflows.mail",
    "workflows.ports",
    "workflows.routing.build",
    "workflows.tables.versions",
    "workflows.unit_of_work",
    "zoneinfo",
)
"""What the form's page can do without: most of it is slow to load, for its data classes or its patterns."""
MOST_OF_OUR_OWN = 60
"""Modules of ours behind the form's first page; about fifty are."""
CODE = "import sys, {module}; print(*sorted(m for m in sys.modules if m.startswith({heavy!r})), sep=chr(10))"
FIRST_PAGE = """
import sys
from functions_framework import create_app
answer = create_app("complaint_form", "main.py").test_client().get("/")
assert answer.status_code == 200 and b"<form" in answer.data, answer
print(*sys.modules, sep=chr(10))
"""


@pytest.mark.parametrize("module", ["main", "cli.main", "functions.complaint_form"])
def test_importing_an_entry_point_brings_no_heavy_library(module: str) -> None:
    code = CODE.format(module=module, heavy=HEAVY)
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


@pytest.mark.parametrize("module", OF_A_REPORT)
def test_what_the_first_page_does_without_is_there(module: str) -> None:
    assert find_spec(module)


def test_the_form_s_first_page_loads_what_it_shows_and_nothing_of_a_report(tmp_path: Path) -> None:
    environment = {"K_SERVICE": "complaint_form", "LAKSA_DATA": str(tmp_path), "LAKSA_EPHEMERAL": "on"}
    code = [sys.executable, "-c", FIRST_PAGE]
    loaded = subprocess.run(code, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    modules = loaded.stdout.split()
    assert [module for module in modules if module.startswith((*HEAVY, *OF_A_REPORT))] == []
    own = [name for name in modules if name.partition(".")[0] in ("cli", "functions", "workflows", "infra", "main")]
    assert 20 < len(own) <= MOST_OF_OUR_OWN, own
