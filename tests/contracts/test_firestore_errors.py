"""What Google's errors mean to the workflows."""

from __future__ import annotations
from typing import Any

import google.api_core.exceptions
import google.auth.exceptions
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client
from google.cloud.firestore_v1.types import BeginTransactionResponse

from tests.contracts.conftest import INDEXES
from workflows.adapters.firestore import FirestoreStore
from workflows.adapters.firestore_calls import firestore_errors, server_transaction
from workflows.failures import IndexMissing, StoreConflict, StoreUnavailable

exceptions: Any = google.api_core.exceptions
auth: Any = google.auth.exceptions

MEANINGS: list[tuple[Exception, type[Exception]]] = [
    (exceptions.Aborted("lost the race"), StoreConflict),
    (exceptions.DeadlineExceeded("late"), StoreUnavailable),
    (exceptions.ServiceUnavailable("away"), StoreUnavailable),
    (exceptions.Unknown("?"), StoreUnavailable),
    (exceptions.InternalServerError("broken"), StoreUnavailable),
    (exceptions.ResourceExhausted("quota"), StoreUnavailable),
    (exceptions.PermissionDenied("no role"), StoreUnavailable),
    (exceptions.NotFound("no such database"), StoreUnavailable),
    (exceptions.RetryError("gave up", None), StoreUnavailable),
    (auth.DefaultCredentialsError("nobody"), StoreUnavailable),
    (exceptions.FailedPrecondition("The query requires an index."), IndexMissing),
    (exceptions.InvalidArgument("too large"), ValueError),
    (KeyError("work's own mistake"), KeyError),
]


@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=lambda each: getattr(each, "__name__", repr(each)))
def test_an_error_of_google_has_one_meaning(error: Exception, meaning: type[Exception]) -> None:
    with pytest.raises(meaning) as raised, firestore_errors():
        raise error
    assert raised.value is error or raised.value.__cause__ is error


class BeginsOnly:
    """Google's side of a connection that is lost once a transaction has begun."""

    def __init__(self, loss: Exception) -> None:
        self._loss = loss

    def begin_transaction(self, **call: Any) -> BeginTransactionResponse:
        return BeginTransactionResponse(transaction=b"one")

    def rollback(self, **call: Any) -> None:
        raise self._loss


@pytest.mark.parametrize("loss", [exceptions.ServiceUnavailable("away"), auth.TransportError("no token")], ids=repr)
def test_a_rollback_that_fails_hides_nothing_of_why_it_was_needed(loss: Exception) -> None:
    client: Any = Client("laksa-test", AnonymousCredentials())  # type: ignore[no-untyped-call]
    client._firestore_api_internal = BeginsOnly(loss)
    with pytest.raises(KeyError, match="work's own"), server_transaction(client):
        raise KeyError("work's own")


@pytest.mark.slow
def test_a_server_that_cannot_be_reached_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1")
    store = FirestoreStore("laksa-test", INDEXES)
    with pytest.raises(StoreUnavailable):
        store.get("things", "one")
    store.close()
