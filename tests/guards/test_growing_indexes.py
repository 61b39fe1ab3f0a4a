"""An index that only grows at one end takes 500 writes a second: none is there that nobody asks for."""

from __future__ import annotations
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.pictures.given import encoded, scene
from tests.workflows.personal import City, city_in, lived
from tests.workflows.world import INDEXES
from workflows.adapters.document_store import load_indexes
from workflows.citizen.staged_photos import keep
from workflows.clock.deadlines import sweep
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import TimelineEvent
from workflows.domain.documents import stored_fields
from workflows.domain.notifications.delivery import Address
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.domain.notifications.notice import Notice
from workflows.domain.privacy.data_request import DataRequest
from workflows.office import casework
from workflows.privacy.ledger import Erasure
from workflows.records.accesses import Access
from workflows.records.queries import record_dead_letter
from workflows.routing.load import FOLDER, read_files
from workflows.tables.trial import store_prepared
from workflows.tables.versions import Upload, put_into_force

STORED: dict[str, Any] = {
    "complaints": Complaint,
    "timeline": TimelineEvent,
    "notices": Notice,
    "accesses": Access,
    "mail_limits": Address,
    "data_requests": DataRequest,
    "mailboxes": MailboxCheck,
    "erasures": Erasure,
}
"""Whose documents are a class's fields."""
BY_HAND = ("reporters", "inbound", "kept_photos", "submissions", "routing", "proofs", "system", "dead_letters")
"""Whose documents no class describes: they are looked at where they were written."""
HOLDS = ("datetime", "dict", "tuple", "Assignment", "Arrival")
"""Moments, and what may have moments in it: a map's fields are indexed as the map is."""
ARCHITECTURE = Path("docs/architecture.md")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Any]]:
    """By collection, every field that a city has written and a value of it; one with something in it, if any."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    with city_in(tmp_path_factory.mktemp("city")) as city:
        _live(city)
        for row in city.store.rows():
            known = found[row.collection.rpartition("/")[2]]
            known |= {name: value for name, value in row.data.items() if value or name not in known}
    return found


def _live(city: City) -> None:
    """Everything that writes a document which no class describes."""
    ticket = lived(city)
    token = city.token(ticket, assignment_no=city.case(ticket).assignment_no)
    casework.perform_action(
        city.services, token, OfficerAct("answer", message="Sudah diangkut.", outcome="done"), [encoded(scene(3))]
    )
    keep(city.services, "a form that came back", [encoded(scene(4))])
    sweep(city.services)
    record_dead_letter(city.services, "notice-due", {"notice": "x"}, "TimeoutError")
    files = read_files(FOLDER)
    put_into_force(city.store, files, "", city.clock.now(), Upload("command", ("slang.csv",)))
    store_prepared(city.store, files, Upload("command", ("slang.csv",)), city.clock.now())


@pytest.mark.parametrize("collection", STORED)
def test_every_moment_of_a_class_is_decided_to_be_indexed_or_not(collection: str) -> None:
    stored = stored_fields(STORED[collection]).items()
    moments = {name.partition(".")[0] for name, words in stored if any(kind in words for kind in HOLDS)}
    assert moments, "nothing was looked at"
    assert not _undecided(collection, moments)


@pytest.mark.parametrize("collection", BY_HAND)
def test_every_moment_of_a_document_is_decided_to_be_indexed_or_not(
    documents: Mapping[str, Mapping[str, Any]], collection: str
) -> None:
    assert documents[collection], "nothing was looked at"
    assert not _undecided(collection, {name for name, value in documents[collection].items() if _holds(value)})


def test_no_collection_is_left_out(documents: Mapping[str, Mapping[str, Any]]) -> None:
    held = {*STORED, *BY_HAND}
    assert set(documents) <= held
    table = ARCHITECTURE.read_text("utf-8").partition("\n## Data\n")[2].partition("\n\nThe SQL")[0]
    named = re.findall(
        r"`(?:complaints/<ticket>/)?(\w+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE))
    )
    assert set(named) == held


def _holds(value: Any) -> bool:
    """A moment, or what may have one in it."""
    return isinstance(value, datetime | dict) or (isinstance(value, list) and any(map(_holds, value)))


def _undecided(collection: str, moments: set[str]) -> set[str]:
    """For each, a line in fieldOverrides: its directions where a query orders by it alone, else []."""
    decided = load_indexes(INDEXES).overrides
    return {name for name in moments if (collection, name) not in decided}
