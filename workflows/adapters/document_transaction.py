"""The transaction object given to `work`: it reads through its store and records the writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from workflows.adapters.document_json import check_id, plain_document
from workflows.failures import ReadAfterWrite
from workflows.ports import DELETE, Document, Found, Query


@dataclass(frozen=True)
class Write:
    """One recorded write; `data` is the document, or the changed fields of an update."""

    kind: Literal["create", "set", "update", "delete"]
    collection: str
    id: str
    data: Document


class Reads(Protocol):
    """How a store reads inside an open transaction."""

    def get(self, collection: str, id: str) -> Document | None: ...
    def query(self, query: Query) -> list[Found]: ...


class NotedTransaction:
    """ports.Transaction over a store's reads; the store applies `writes` in order, all or none. TypeError or
    ValueError at once for a document that no store could keep.
    """

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.writes: list[Write] = []

    def get(self, collection: str, id: str) -> Document | None:
        self._no_writes_yet()
        return self._reads.get(collection, id)

    def query(self, query: Query) -> list[Found]:
        self._no_writes_yet()
        return self._reads.query(query)

    def create(self, collection: str, id: str, data: Document) -> None:
        self._note(Write("create", collection, id, plain_document(data)))

    def set(self, collection: str, id: str, data: Document) -> None:
        self._note(Write("set", collection, id, plain_document(data)))

    def update(self, collection: str, id: str, changes: Document) -> None:
        removed = {key: DELETE for key, value in changes.items() if value is DELETE}
        kept = plain_document({key: value for key, value in changes.items() if key not in removed})
        self._note(Write("update", collection, id, kept | removed))

    def delete(self, collection: str, id: str) -> None:
        self._note(Write("delete", collection, id, {}))

    def _note(self, write: Write) -> None:
        check_id(write.id)
        self.writes.append(write)

    def _no_writes_yet(self) -> None:
        if self.writes:
            raise ReadAfterWrite(f"read after writing {self.writes[-1].collection}")
