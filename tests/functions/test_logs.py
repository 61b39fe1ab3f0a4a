"""Everything that is logged is one JSON object a line, and none of it is what somebody typed."""

from __future__ import annotations
import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from errno import ENOSPC

import pytest
from flask import Request, Response

from functions.app.logging import JsonLines, Lines
from functions.web.middleware import http_endpoint, pubsub_endpoint
from tests.functions.requests import get
from tests.log_lines import LABELS, TRACE, Line, lines_of
from tests.workflows.world import World

NAME, PATH = "Ratnaningsih", "/opd/kunci-rahasia"
ID = "0123456789abcdef0123456789abcdef"
TICKET = "LKS-7K2M-Q9FD-4"
PARENT = f"00-{ID}-0123456789abcdef-01"
SAYS = f"""
import logging, threading, warnings
from functions.app.logging import set_up
set_up(project="kota")
class Careless:
    def __del__(self): raise ValueError("{NAME}")
warnings.warn("two\\nlines", stacklevel=1)
Careless()
thread = threading.Thread(target=int, args=("{NAME}",))
thread.start(); thread.join()
logging.getLogger("laksa").info("%d", "{NAME}")
logging.getLogger("flask.app").error("Exception on %s [%s]", "{PATH}", "GET", exc_info=ValueError("{NAME}"))
logging.getLogger("urllib3").warning("Retrying %d times after %r: {{}}", 3, ValueError("{NAME}"))
logging.getLogger("gunicorn.error").propagate = False
logging.getLogger("gunicorn.error").addHandler(logging.StreamHandler())
logging.getLogger("gunicorn.error").error("Error handling request %s", "{PATH}")
logging.getLogger("gunicorn.error").error(ValueError("{NAME}"))
logging.getLogger("gunicorn.error").error("Invalid HTTP request line: %s" % "{PATH}")
logging.getLogger("google.api_core").warning("away: %s and %s", "{NAME}")
int("{NAME}")
"""


@pytest.fixture(scope="module")
def said() -> str:
    """What a process writes in which everything goes wrong, its own code and its libraries'."""
    return subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True).stderr


class Gone(io.StringIO):
    """A stream that takes nothing, for a reason."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self._reason = reason

    def write(self, text: str) -> int:
        raise self._reason


@pytest.mark.parametrize("reason", [BrokenPipeError(), OSError(ENOSPC, "full"), ValueError("closed")], ids=repr)
def test_whoever_logs_goes_on_where_no_line_can_be_written(reason: Exception) -> None:
    log = logging.Logger("laksa")
    log.addHandler(Lines(Gone(reason)))
    log.info("mail sent")


@http_endpoint("/laporan/<ticket>/<key>")
def broken(request: Request, ticket: str, key: str) -> Response:
    """Finds a fault."""
    raise ZeroDivisionError


@pubsub_endpoint
def woken(request: Request) -> Response:
    """Logs a word of its own."""
    logging.getLogger("laksa").info("at work", extra={"notice": f"{TICKET}.2.new_case.department"})
    return Response()


class Written(logging.Handler):
    """Lines as they are written by a service of the project `kota`, made while they are logged."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines("kota"))
        self.lines: list[Line] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += lines_of(self.format(record))


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[list[Line]]:
    """The lines of this test."""
    written, log = Written(), logging.getLogger("laksa")
    caplog.set_level(logging.INFO, "laksa")
    log.addHandler(written)
    yield written.lines
    log.removeHandler(written)


def test_a_line_names_its_case_and_nothing_is_left_for_the_next(laksa: World, written: list[Line]) -> None:
    woken(get("/", **{"X-Cloud-Trace-Context": f"{ID}/17;o=1"}))
    logging.getLogger("laksa").info("nobody is at work")
    first, second = written
    assert first[LABELS] == {"function": "woken", "ticket": TICKET}
    assert TRACE in first and TRACE not in second and LABELS not in second


@pytest.mark.parametrize("typed", ["laporan-saya", f"{TICKET}x", "lks-7k2m", NAME])
def test_what_somebody_wrote_into_an_address_is_no_label(laksa: World, written: list[Line], typed: str) -> None:
    broken(get(f"/laporan/{typed}/kunci"))
    assert written[0][LABELS] == {"function": "broken"}
