"""The ledger of erasures in a bucket: an object a line, beside the store and not in it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from workflows.adapters.bucket import bucket_errors, open_bucket, patient

FOLDER = "erasures/"
"""No photo's name has a /, so neither is ever taken for the other."""
FIELDS = "items(name,metadata),nextPageToken"


class ErasureBucket:
    """Lines of text, each written once and never replaced; instances may share them.

    A line stands in its object and in the object's metadata, so that a listing, a thousand a call, reads all.
    """

    def __init__(self, bucket: str, project: str) -> None:
        self._name, self._project = bucket, project

    def append(self, line: str) -> None:
        """Add a line; it is stored when this returns. PhotosUnavailable where the bucket did not answer."""
        from google.api_core.exceptions import PreconditionFailed

        blob = open_bucket(self._name, self._project).blob(_new_name())
        blob.metadata = {"line": line}
        with bucket_errors():
            try:
                blob.upload_from_string(
                    f"{line}\n", content_type="application/json", if_generation_match=0, **patient()
                )
            except PreconditionFailed:  # an earlier try of this same call got there, and its answer was lost
                return

    def lines(self) -> list[str]:
        """Every line, oldest first."""
        with bucket_errors():
            found = open_bucket(self._name, self._project).list_blobs(prefix=FOLDER, fields=FIELDS, **patient())
            return [_line(blob) for blob in sorted(found, key=lambda blob: str(blob.name))]


def _new_name() -> str:
    return f"{FOLDER}{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}-{uuid.uuid4().hex[:8]}.json"


def _line(blob: Any) -> str:
    """One that was copied by hand may have lost its metadata."""
    noted = (blob.metadata or {}).get("line")
    return noted or str(blob.download_as_text(**patient())).rstrip("\n")
