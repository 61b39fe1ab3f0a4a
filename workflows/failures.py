"""What can go wrong between machines: by whether trying again helps.

LaksaError
├── Retryable                  may work in a moment: 503 to people, 5xx to a push
│   ├── StoreUnavailable
│   ├── StoreConflict          a transaction lost its race more often than it retries
│   ├── BusUnavailable
│   ├── PhotosUnavailable      the disk is full or away: a report goes without its photos
│   └── MailDeferred           the mail server said 4xx or could not be reached
└── Permanent                  trying again changes nothing
    ├── BadMessage             a push that says nothing we understand: answered 2xx
    ├── UnknownComplaint       a push for a ticket that is not there: answered 2xx
    ├── MailRefused            the mail server said 5xx: recorded on the notice
    ├── DocumentExists         create() on an id that is taken
    ├── DocumentMissing        update() of an id that is not there
    ├── IndexMissing           a query that Firestore would refuse: a mistake of ours
    └── ReadAfterWrite         a transaction that reads after it wrote: a mistake of ours
"""

from __future__ import annotations

from workflows.errors import LaksaError


class Retryable(LaksaError):
    """May work in a moment."""


class StoreUnavailable(Retryable):
    """The store did not answer."""


class StoreConflict(Retryable):
    """A transaction lost its race more often than it retries."""


class BusUnavailable(Retryable):
    """The bus did not take the message; the sweep will find the work."""


class PhotosUnavailable(Retryable):
    """The place of the photos did not take or give one."""


class MailDeferred(Retryable):
    """The mail server said 4xx or could not be reached; try later."""


class Permanent(LaksaError):
    """Trying again changes nothing."""


class BadMessage(Permanent):
    """A push without data, or with data nobody understands."""


class UnknownComplaint(Permanent):
    """No complaint, or no notice, of that id."""


class MailRefused(Permanent):
    """The mail server said 5xx, or the address is none. mailbox: it said so of this one reader's mailbox."""

    def __init__(self, words: str = "", *, mailbox: bool = False) -> None:
        super().__init__(words)
        self.mailbox = mailbox


class DocumentExists(Permanent):
    """create() on an id that is taken."""


class DocumentMissing(Permanent):
    """update() of an id that is not there."""


class IndexMissing(Permanent):
    """A query that Firestore would refuse for want of a composite index."""


class ReadAfterWrite(Permanent):
    """A transaction that reads after it wrote, which Firestore refuses."""
