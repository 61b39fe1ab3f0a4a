"""What Checkov says of the plans of both sizes: `python -m tests.infra.second_opinion PATH-OF-CHECKOV`."""

from __future__ import annotations
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.infra.planning import SIZES, copy_of_infra, planning, terraform

DECIDED = {
    "CKV_GCP_26": "no flow logs: the network only carries what leaves for the mail relay",
    "CKV_GCP_62": "no access logs of buckets: they name whose photos were looked at",
    "CKV_GCP_63": "the same",
    "CKV_GCP_73": "no rule that reads requests: a report may hold any words, and nothing here is Java",
    "CKV_GCP_78": "no versions: a photo that was erased must be gone",
    "CKV_GCP_83": "Google's own keys: a message holds a number, no words",
    "CKV_GCP_84": "Google's own keys: an image holds no data",
    "CKV2_GCP_18": "no machine is in the network that a firewall could guard",
}


def main() -> int:
    """0 when nothing is left that was not decided."""
    with tempfile.TemporaryDirectory() as folder:
        infra = copy_of_infra(Path(folder))
        answers = terraform(*[command for size in SIZES for command in planning(infra, size)])
        for size, (_, shown, _) in zip(SIZES, answers[1::2], strict=True):
            (Path(folder) / f"{size}.json").write_text(shown, "utf-8")
        files = [word for size in SIZES for word in ("-f", str(Path(folder) / f"{size}.json"))]
        command = [sys.argv[1], "--skip-download", "--compact", "--quiet", "--skip-check", ",".join(DECIDED)]
        return subprocess.run([*command, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
