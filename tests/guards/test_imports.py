"""What the first page does not need is not imported for it."""

import subprocess
import sys

import pytest

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
CODE = "import sys, {module}; print(*sorted(m for m in sys.modules if m.startswith({heavy!r})), sep=chr(10))"


@pytest.mark.parametrize("module", ["main", "functions.cli", "functions.complaint_form"])
def test_importing_an_entry_point_brings_no_heavy_library(module: str) -> None:
    code = CODE.format(module=module, heavy=HEAVY)
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
