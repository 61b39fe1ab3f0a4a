"""The mark on the link of a citizen's letter: whoever comes with it has read a letter to that address.

It opens nothing and is worth nothing elsewhere: the page is the same with and without it.
"""

from __future__ import annotations

import hmac

from workflows.ports import Links

MARK = "m"
"""Its name in the link's query."""
LENGTH = 16


def mark_of(links: Links, ticket: str, address: str) -> str:
    """A keyed hash of report and address, large or small letters alike."""
    return links.digest("link of a citizen's letter", f"{ticket} {address.casefold()}")[:LENGTH]


def is_marked(links: Links, ticket: str, address: str, mark: str) -> bool:
    """Whether a letter about that report to that address bore this mark."""
    return hmac.compare_digest(mark.encode("utf-8", "replace"), mark_of(links, ticket, address).encode())
