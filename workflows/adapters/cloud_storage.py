"""Adapters over a bucket of Cloud Storage, or of its emulator where STORAGE_EMULATOR_HOST is set: photos in a
private bucket, and the ledger of erasures, one object per line, outside the store.
"""

from __future__ import annotations
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from workflows.adapters.photo_folder import check_type, type_of
from workflows.failures import PhotosUnavailable

SECONDS = 10.0
"""The longest time of one call in seconds, retries included."""


@cache
def open_bucket(name: str, project: str) -> Any:
    """The bucket of that name, without a request whether it exists; the client is created once per process."""
    from google.cloud.storage import Client

    with bucket_errors():
        return Client(project=project).bucket(name)


def patient() -> dict[str, Any]:
    """Arguments of a call that make it retry for a limited time while the service is unavailable."""
    from google.cloud.storage.retry import DEFAULT_RETRY

    return {"timeout": SECONDS, "retry": DEFAULT_RETRY.with_timeout(SECONDS)}


@contextmanager
def bucket_errors() -> Iterator[None]:
    """Turn errors of the bucket into those of the port."""
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError
    from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
    from requests.exceptions import RequestException

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, DataCorruption, InvalidResponse, RequestException, OSError) as error:
        raise PhotosUnavailable(type(error).__name__) from error


UNSHARED = "private, no-store"
PLAIN_BYTES = {"message/rfc822": "application/octet-stream"}
"""Content types that nobody needs to see in the bucket, and the neutral type stored instead; the name's ending
tells the real one.
"""
FIELDS = "items(name),nextPageToken"


class PhotoBucket:
    """Photos in the bucket of that name, which exists and belongs to this city alone. The ending of a name is its
    type, as in a folder. Names with a / are not photos and are ignored.
    """

    def __init__(self, bucket: str, project: str) -> None:
        self._name, self._project = bucket, project

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Store a photo under its name, replacing an older one; it is durable when this returns."""
        check_type(name, content_type)
        blob = self._blob(name)
        blob.cache_control = UNSHARED
        stored_as = PLAIN_BYTES.get(content_type, content_type)
        with bucket_errors():
            blob.upload_from_string(data, content_type=stored_as, **patient())

    def get(self, name: str) -> tuple[bytes, str] | None:
        """(bytes, content type) of a photo; None when it does not exist."""
        content_type, blob = type_of(name), self._blob(name)
        from google.api_core.exceptions import NotFound

        with bucket_errors():
            try:
                return blob.download_as_bytes(**patient()), content_type
            except NotFound:
                return None

    def delete(self, name: str) -> None:
        """Delete a photo if it exists. The bucket's soft delete keeps it for a week."""
        type_of(name)
        from google.api_core.exceptions import NotFound

        with bucket_errors():
            try:
                self._blob(name).delete(**patient())
            except NotFound:
                return

    def names(self, beginning: str) -> list[str]:
        """The names of the photos that begin so, sorted."""
        with bucket_errors():
            found = self._bucket.list_blobs(prefix=beginning, delimiter="/", fields=FIELDS, **patient())
            return sorted(blob.name for blob in found)

    def _blob(self, name: str) -> Any:
        type_of(name)
        return self._bucket.blob(name)

    @property
    def _bucket(self) -> Any:
        return open_bucket(self._name, self._project)


FOLDER = "erasures/"
"""The ledger's folder: no photo's name contains a /, so the two cannot be confused."""
LEDGER_FIELDS = "items(name,metadata),nextPageToken"


class ErasureBucket:
    """Lines of text, each written once and never replaced; instances may share them. A line is both the content
    and the metadata of its object, so that a listing (a thousand per call) reads them all.
    """

    def __init__(self, bucket: str, project: str) -> None:
        self._name, self._project = bucket, project

    def append(self, line: str) -> None:
        """Add a line; it is durable when this returns. PhotosUnavailable when the bucket did not answer."""
        from google.api_core.exceptions import PreconditionFailed

        blob = open_bucket(self._name, self._project).blob(_new_name())
        blob.metadata = {"line": line}
        with bucket_errors():
            try:
                blob.upload_from_string(
                    f"{line}\n", content_type="application/json", if_generation_match=0, **patient()
                )
            except PreconditionFailed:  # an earlier attempt of this call succeeded, and its answer was lost
                return

    def lines(self) -> list[str]:
        """Every line, oldest first."""
        with bucket_errors():
            found = open_bucket(self._name, self._project).list_blobs(prefix=FOLDER, fields=LEDGER_FIELDS, **patient())
            return [_line(blob) for blob in sorted(found, key=lambda blob: str(blob.name))]


def _new_name() -> str:
    return f"{FOLDER}{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}-{uuid.uuid4().hex[:8]}.json"


def _line(blob: Any) -> str:
    """The line from the metadata, else from the content: a copy made by hand may have lost its metadata."""
    noted = (blob.metadata or {}).get("line")
    return noted or str(blob.download_as_text(**patient())).rstrip("\n")
