"""Photos in a private bucket of Cloud Storage: whole or not there at all, and never by an address of their own."""

from __future__ import annotations

from typing import Any

from workflows.adapters.bucket import bucket_errors, open_bucket, patient
from workflows.adapters.photo_names import check_type, type_of

UNSHARED = "private, no-store"
PLAIN_BYTES = {"message/rfc822": "application/octet-stream"}
"""What nobody looks at in the bucket need not say there what it is: its name does."""
FIELDS = "items(name),nextPageToken"


class PhotoBucket:
    """Photos in the bucket of that name, which is there already and belongs to this city alone.

    The ending of a name is its type, as in a folder. What has a / in its name is somebody else's and not seen.
    """

    def __init__(self, bucket: str, project: str) -> None:
        self._name, self._project = bucket, project

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Keep a photo under its name; it is stored when this returns, and what was there is replaced."""
        check_type(name, content_type)
        blob = self._blob(name)
        blob.cache_control = UNSHARED
        stored_as = PLAIN_BYTES.get(content_type, content_type)
        with bucket_errors():
            blob.upload_from_string(data, content_type=stored_as, **patient())

    def get(self, name: str) -> tuple[bytes, str] | None:
        """A photo and its type, None when there is none."""
        content_type, blob = type_of(name), self._blob(name)
        from google.api_core.exceptions import NotFound

        with bucket_errors():
            try:
                return blob.download_as_bytes(**patient()), content_type
            except NotFound:
                return None

    def delete(self, name: str) -> None:
        """Take a photo away; nothing happens where there is none. The bucket's soft delete keeps it a week."""
        type_of(name)
        from google.api_core.exceptions import NotFound

        with bucket_errors():
            try:
                self._blob(name).delete(**patient())
            except NotFound:
                return

    def names(self, beginning: str) -> list[str]:
        """What is kept under names that begin so, sorted."""
        with bucket_errors():
            found = self._bucket.list_blobs(prefix=beginning, delimiter="/", fields=FIELDS, **patient())
            return sorted(blob.name for blob in found)

    def _blob(self, name: str) -> Any:
        type_of(name)
        return self._bucket.blob(name)

    @property
    def _bucket(self) -> Any:
        return open_bucket(self._name, self._project)
