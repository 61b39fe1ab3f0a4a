"""A bucket of Cloud Storage as its adapters use it; of its emulator where STORAGE_EMULATOR_HOST is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from workflows.failures import PhotosUnavailable

SECONDS = 10.0
"""The longest one call may take, its repeats included."""


@cache
def open_bucket(name: str, project: str) -> Any:
    """The bucket of that name, unasked whether it is there; its client is imported and made once a process."""
    from google.cloud.storage import Client

    with bucket_errors():
        return Client(project=project).bucket(name)


def patient() -> dict[str, Any]:
    """Arguments of a call: it may be repeated while the service is away, for a while."""
    from google.cloud.storage.retry import DEFAULT_RETRY

    return {"timeout": SECONDS, "retry": DEFAULT_RETRY.with_timeout(SECONDS)}


@contextmanager
def bucket_errors() -> Iterator[None]:
    """What keeps the bucket from answering, in the port's words."""
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError
    from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
    from requests.exceptions import RequestException

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, DataCorruption, InvalidResponse, RequestException, OSError) as error:
        raise PhotosUnavailable(type(error).__name__) from error
