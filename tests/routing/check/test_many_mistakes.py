"""A table that went through many hands: forty mistakes over its files, and every one is found."""

from __future__ import annotations

from tests.routing.check.small import SMALL, check_small, lines, told
from tests.sentences import sentences

ADDED = sentences("many_mistakes", "added")
"""Lines that somebody added to each file: its name, the line."""
PLACES = {tuple(place) for place in sentences("many_mistakes", "places")}


def test_a_table_with_forty_mistakes_in_fourteen_files_and_all_are_found() -> None:
    files = {name: SMALL[name] for name, _ in ADDED}
    for name, line in ADDED:
        files[name] += f"{line}\n"
    checked = check_small({name: text.encode() for name, text in files.items()})
    found = {(f.file, f.line - lines(f.file), f.field) for f in checked.errors}
    assert len(PLACES) == 40
    assert found == PLACES, told(checked)
    assert all(finding.proposal for finding in checked.findings)
