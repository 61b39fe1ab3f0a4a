"""The names of the store's collections, in one place.

A timeline is a subcollection of its complaint: see `timeline_of`.
"""

from __future__ import annotations

COMPLAINTS = "complaints"
REPORTERS = "reporters"
"""The contact data of who filed a complaint; tests/guards/test_reporters names the modules that may read it."""
SUBMISSIONS = "submissions"
"""Idempotency tokens of the form and of outside systems."""
KEPT_PHOTOS = "kept_photos"
"""Photos of a form that was shown again with its errors, until it is sent."""
NOTICES = "notices"
"""The outbox: messages owed to one recipient each."""
INBOUND = "inbound"
"""Raw mails that came in."""
MAIL_LIMITS = "mail_limits"
"""Rate limits of the mails to one address."""
DATA_REQUESTS = "data_requests"
"""Requests of citizens about their own data."""
ERASURES = "erasures"
"""The ledger of what was erased, to erase it again after a restore."""
PROOFS = "proofs"
"""Fingerprints of the photos that a department has already used as proof."""
MAILBOXES = "mailboxes"
"""The quarterly check of each department's mailbox."""
ACCESSES = "accesses"
"""Who read which complaint."""
ROUTING = "routing"
"""Versions of the routing table, and which one is in force."""
DEAD_LETTERS = "dead_letters"
"""Bus messages that were given up."""
SYSTEM = "system"
"""Documents about the installation itself: cursors, last runs, link of the board."""


def timeline_of(ticket: str) -> str:
    """The path of the subcollection with a complaint's timeline."""
    return f"{COMPLAINTS}/{ticket}/timeline"
