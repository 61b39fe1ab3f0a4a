"""A stream of documents that breaks off goes on: none is missing, none comes twice."""

from __future__ import annotations
import socket
import threading
import uuid
from contextlib import closing, suppress

import pytest

from tests.contracts.conftest import INDEXES
from tests.emulators import PROJECT
from workflows.adapters.firestore import FirestoreStore
from workflows.migration.ports import Row
from workflows.ports import Transaction

pytestmark = pytest.mark.emulator
AFTER = 300_000
"""Bytes: more than a server may send ahead of its reader, less than there are."""


class BadLine:
    """A line to a server that is cut after so many bytes, `cuts` times; then it holds."""

    def __init__(self, server: str, cuts: int) -> None:
        host, _, port = server.rpartition(":")
        self._server, self.cuts = (host, int(port)), cuts
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._answer, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                for carry in (self._there, self._back):
                    threading.Thread(target=carry, args=(caller, server), daemon=True).start()

    def _there(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), server:
            while data := caller.recv(65536):
                server.sendall(data)

    def _back(self, caller: socket.socket, server: socket.socket) -> None:
        carried = 0
        with suppress(OSError), caller:
            while data := server.recv(65536):
                carried += len(data)
                if self.cuts and carried > AFTER:
                    self.cuts -= 1
                    caller.shutdown(socket.SHUT_RDWR)
                    return
                caller.sendall(data)


def test_it_goes_on_after_the_last_document_that_came(monkeypatch: pytest.MonkeyPatch, firestore_emulator: str) -> None:
    prefix, rows = f"t{uuid.uuid4().hex}_", [Row("things", f"{n:06d}", {"text": "x" * 1000}) for n in range(1200)]
    with closing(FirestoreStore(PROJECT, INDEXES, prefix=prefix)) as store:
        for first in range(0, len(rows), 400):
            store.transact(lambda tx, first=first: _put(tx, rows[first : first + 400]))  # type: ignore[misc]
    with closing(BadLine(firestore_emulator, cuts=2)) as line:
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", line.address)
        with closing(FirestoreStore(PROJECT, INDEXES, prefix=prefix)) as store:
            assert list(store.rows()) == rows
        assert line.cuts == 0


def _put(transaction: Transaction, rows: list[Row]) -> None:
    for row in rows:
        transaction.set(row.collection, row.id, row.data)
