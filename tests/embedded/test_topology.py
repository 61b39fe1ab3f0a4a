"""The topology: which function answers a path, and what a file may not say."""

from __future__ import annotations
from typing import Any

import pytest

from infra.topology import TopologyError, parse_topology, read_topology


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "complaint_form"),
        ("/style.css", "complaint_form"),
        ("/laporan", "complaint_page"),
        ("/laporan/LKS-7K2M-Q9FD-4/kunci", "complaint_page"),
        ("/laporan/LKS-7K2M-Q9FD-4/kunci/foto/1", "complaint_page"),
        ("/opd/a.b-c_d", "case_page"),
        ("/opd/a.b-c_d/foto/2", "case_page"),
        ("/meja/a.b-c_d/foto/2", "desk_page"),
        ("/opd/a.b-c_d/foto", None),
        ("/opd/", None),
        ("/opd/a/b", None),
        ("/laporan/", None),
        ("/styleXcss", None),
        ("/sweep", None),
        ("", None),
    ],
)
def test_a_path_belongs_to_the_first_function_with_a_pattern_for_all_of_it(path: str, name: str | None) -> None:
    assert read_topology().match(path) == name


def _document(**function: Any) -> dict[str, Any]:
    dead = {"topic": "dead-letter", "access": "push"}
    push = {"max_attempts": 5, "min_backoff_seconds": 1, "ack_deadline_seconds": 60, "dead_letter_topic": "dead-letter"}
    return {"functions": {"dead": dead, "other": function}, "push": push, "timezone": "Asia/Jakarta"}


@pytest.mark.parametrize(
    "function",
    [
        {"access": "public"},
        {"http": ["/a"], "methods": ["GET"], "topic": "abc", "access": "push"},
        {"http": ["/a"], "methods": ["GET"], "access": "push"},
        {"http": ["/a"], "access": "public"},
        {"http": ["a"], "methods": ["GET"], "access": "public"},
        {"topic": "ab", "access": "push"},
        {"topic": "dead-letter", "access": "push"},
        {"cron": "* * *", "access": "tick"},
        {"cron": "* * * * *", "access": "public"},
        {"cron": "* * * * *", "access": "tick", "colour": "red"},
    ],
)
def test_a_function_that_contradicts_itself_is_refused(function: dict[str, Any]) -> None:
    with pytest.raises(TopologyError):
        parse_topology(_document(**function))


@pytest.mark.parametrize("paths", [{"push": "/push/<name>"}, {"push": "/_push/"}, {"link": "/_link/<name>"}])
def test_a_private_path_that_could_be_a_page_is_refused(paths: dict[str, str]) -> None:
    document = _document(cron="* * * * *", access="tick") | {"private_paths": paths}
    with pytest.raises(TopologyError, match="private_paths"):
        parse_topology(document)
