"""Files of a routing table as a browser or a script sends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from functions.edge.body import LARGEST_FILE
from functions.tables.examined import Examined, examine
from functions.wiring import Runtime
from workflows.routing.check.finding import Finding, of_file

Sent = Sequence[tuple[str, bytes]]


def examine_sent(rt: Runtime, sent: Sent) -> Examined:
    """Check them on top of the table in force; what is wrong with a file itself is a mistake like any other."""
    wrong = tuple(_wrong(sent))
    given = {name: content for name, content in sent if len(content) <= LARGEST_FILE}
    examined = examine(rt, given)
    return replace(examined, findings=tuple(sorted((*wrong, *examined.findings)))) if wrong else examined


def _wrong(sent: Sent) -> Iterator[Finding]:
    names = [name for name, _ in sent]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield of_file(name, "berkas ini diberikan dua kali", "unggah satu saja")
    for name, content in sent:
        if len(content) > LARGEST_FILE:
            yield of_file(name, f"berkas ini lebih dari {LARGEST_FILE >> 20} MB", "apakah ini berkas yang benar?")
