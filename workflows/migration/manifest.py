"""The manifest of a migration file: the sums of its content, and a probe whether our keys open its links."""

from __future__ import annotations
import json
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256

from workflows.errors import Forbidden
from workflows.frozen import frozen
from workflows.migration.checksums import Sum
from workflows.migration.ports import CannotMove, Reader
from workflows.ports import Links

MANIFEST = "manifest.json"
FORMAT = 1
_NOBODY, _LONG_AGO = "PINDAH", datetime(2020, 1, 1, tzinfo=UTC)


@frozen
class Probe:
    """An expired list link of no department, signed with the newest key, and a hash made with the oldest one."""

    link: str
    digest: str


@frozen
class Manifest:
    """`documents`: sums by group. `keys`: whether the file contains them. `ahead`: seconds by which the clock was
    moved.
    """

    documents: dict[str, Sum]
    photos: Sum
    erasures: Sum
    probe: Probe
    keys: bool = False
    ahead: int = 0

    def to_json(self) -> bytes:
        """The manifest as JSON, the same for the same city."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True).encode() + b"\n"

    @property
    def mark(self) -> str:
        """A hash that identifies the file."""
        return sha256(self.to_json()).hexdigest()[:32]


def read_manifest(file: Reader) -> Manifest:
    """The manifest of a file; CannotMove for a file that is no city's, or of another format."""
    try:
        said = json.loads(file.get(MANIFEST))
        if said.pop("format") != FORMAT:
            raise CannotMove("the file was written by another version of Laksa")
        documents = {group: Sum(**each) for group, each in said.pop("documents").items()}
        photos, erasures = Sum(**said.pop("photos")), Sum(**said.pop("erasures"))
        return Manifest(documents, photos, erasures, Probe(**said.pop("probe")), **said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, CannotMove):
            raise
        raise CannotMove("this is no file of `laksa export --all`") from error


def probe(links: Links) -> Probe:
    """The probe with which another city's keys are tried."""
    return Probe(links.list_token(_NOBODY, _LONG_AGO), links.digest("move", _NOBODY))


def opens(links: Links, probe: Probe) -> bool:
    """Whether links of the city that made the probe open here, and its keyed hashes can be found."""
    try:
        links.read_list_token(probe.link)
    except Forbidden:
        return False
    return links.digest("move", _NOBODY) == probe.digest
