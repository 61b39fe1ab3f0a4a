"""The transaction object given to `work`: it reads through its store and records the writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from workflows.adapters.document_json import check_id, plain_document
from workflows.failures import ReadAfterWrite

if TYPE_CHECKING:
    from workflows.ports import Document, Found, Query


class Write:
    """One recorded write; `data` is the document, or the changed fields of an update."""

    __slots__ = ("collection", "data", "id", "kind")  # not a dataclass: the form's first page loads this module

    def __init__(
        self, kind: Literal["create", "set", "update", "delete"], collection: str, id: str, data: Document
    ) -> None:
        self.kind, self.collection, self.id, self.data = kind, collection, id, data


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
        from workflows.ports import DELETE

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
