"""What a library says goes into the log as everything does: one JSON object a line."""

import json
import subprocess
import sys

CODE = "import warnings; from functions.logs import set_up; set_up(); warnings.warn('two\\nlines', stacklevel=1)"


def test_a_library_s_warning_is_a_line_of_the_log() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stderr
    (line,) = map(json.loads, said.splitlines())
    assert line["severity"] == "WARNING" and "two" in line["message"]
