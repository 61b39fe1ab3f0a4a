"""What a host or a service has logged, line by line, held to what Cloud Logging makes of a line.

Names and values: https://docs.cloud.google.com/logging/docs/structured-logging (special fields) and LogSeverity.
"""

from __future__ import annotations
import json
import re
from datetime import datetime, timedelta
from typing import Any

SEVERITIES = ("DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY")
LABELS, TRACE = "logging.googleapis.com/labels", "logging.googleapis.com/trace"
MOVED = {"severity", "time", LABELS, TRACE}
"""What Cloud Logging takes out of the payload; a message that is then alone becomes text, which no filter of
`jsonPayload` finds."""
SPECIAL = {LABELS, TRACE}
"""All of Google's names that we use; another one is looked up there before it stands here."""
OUR_LABELS = {"function", "ticket", "step"}
TICKET = re.compile(r"LKS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
TRACE_NAME = re.compile(r"projects/[a-z0-9-]+/traces/[0-9a-f]{32}")
Line = dict[str, Any]


def lines_of(text: str) -> list[Line]:
    """Each line of a log as the entry that Cloud Logging reads; AssertionError names what is no entry."""
    return [_entry(line) for line in text.splitlines()]


def _entry(text: str) -> Line:
    try:
        line = json.loads(text)
    except ValueError:
        raise AssertionError(f"bare text in the log: {text!r}") from None
    assert isinstance(line, dict) and line["severity"] in SEVERITIES, text
    assert isinstance(line["message"], str) and line["message"], text
    assert set(line) - MOVED > {"message"}, f"nothing beside the message: {text}"
    assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(), text
    assert {name for name in line if "googleapis" in name} <= SPECIAL, text
    assert TRACE not in line or TRACE_NAME.fullmatch(line[TRACE]), text
    _look_at_labels(line.get(LABELS, {}), text)
    return line


def _look_at_labels(labels: dict[str, str], text: str) -> None:
    """Each is text, says something, and is one of ours."""
    assert set(labels) <= OUR_LABELS and all(isinstance(v, str) and v for v in labels.values()), text
    assert "ticket" not in labels or TICKET.fullmatch(labels["ticket"]), text
