"""Everything of Laksa that the recorded city knows by name; the rest it meets by path, mail and command."""

from __future__ import annotations
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from cli.main import main as run_command
from functions.app.container import ROOT, container
from functions.views.shared.timeline import INSIDE, WORDS
from infra.embedded.serving import Host
from infra.topology import read_topology
from workflows.adapters.document_store import decode_document, encode_document
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import from_document, to_document
from workflows.ports import CaseGrant

__all__ = [
    "COMPLAINTS",
    "complaint_again",
    "decode_document",
    "encode_document",
    "event_names",
    "open_city",
    "paths_of",
    "put_documents",
    "run_command",
    "stored_documents",
]


def open_city(clock: Any, transport: Any) -> tuple[Any, Callable[[], None]]:
    """One city in this process, in the folder LAKSA_DATA: its WSGI application, and how to close it."""
    container.cache_clear()
    rt = container()
    rt.clock, rt.bus = clock, transport
    host = Host(rt, read_topology(), ROOT / "main.py", transport)
    host.start()

    def close() -> None:
        host.stop()
        rt.store.close()  # type: ignore[attr-defined]  # SQLite's
        container.cache_clear()

    return host.app, close


def stored_documents() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every document of the open city: collection, id, fields."""
    for row in container().store.rows():
        yield row.collection, row.id, row.data


def put_documents(documents: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Write documents into the store of the open city, as they are."""
    for collection, id, data in documents:
        container().store.transact(lambda t, c=collection, i=id, d=data: t.set(c, i, d))  # type: ignore[misc]


def complaint_again(document: dict[str, Any]) -> dict[str, Any]:
    """A complaint's document, read and written by the present release, without the fields that are for queries."""
    return to_document(from_document(document))


def paths_of(document: dict[str, Any], now: datetime) -> dict[str, str]:
    """Paths of the pages of a stored complaint by who reads them: citizen, department, desk; and the board's."""
    links, ticket, until = container().links, document["ticket"], now + timedelta(days=1)
    tokens = {r: links.case_token(CaseGrant(ticket, r, document["generation"], until)) for r in ("department", "desk")}
    return {
        "citizen": f"/laporan/{ticket}/{links.citizen_key(ticket, document['key_version'])}",
        "department": f"/opd/{tokens['department']}",
        "desk": f"/meja/{tokens['desk']}",
        "board": f"/papan/{links.board_token(until)}",
    }


def event_names() -> set[str]:
    """Every event that a timeline has words for."""
    return {name.partition(".")[0] for name in WORDS} | set(INSIDE)
