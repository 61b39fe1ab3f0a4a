"""Jobs of the sweep with this process's ports: mails to collect, erasures, and a heartbeat to an external monitor,
which calls somebody when it stops.
"""

from __future__ import annotations
import logging

from functions.app.container import Container, container, services
from workflows.privacy.ledger import ErasureContext

log = logging.getLogger("laksa")


def erasure_context(rt: Container | None = None) -> ErasureContext:
    """The ports of a container that store personal data."""
    rt = rt or container()
    return ErasureContext(services(rt), rt.caught_letters, rt.ledger_file)


def collect_mail(rt: Container | None = None) -> int:
    """Take in the mails of the city's mailbox; returns their number, 0 without a mailbox."""
    from workflows.mail.inbound_mail import collect_mail as collect

    rt = rt or container()
    return collect(services(rt), rt.fetch_mail) if rt.settings.imap_url else 0


def erase_due(rt: Container | None = None) -> int:
    """Erase a page of what was kept long enough; returns the number of erasures. Never raises: a sweep has other
    work.
    """
    from workflows.privacy import erasure_jobs

    rt = rt or container()
    try:
        count = erasure_jobs.erase_due(erasure_context(rt))
        if count:
            rt.scrub()
    except Exception as error:
        log.error("nothing erased", extra={"error": type(error).__name__})
        return 0
    return count


def erase_undone(rt: Container | None = None) -> int:
    """Repeat erasures that a restored copy of the store undid; returns the number of complaints."""
    from workflows.privacy import erasure_jobs

    rt = rt or container()
    count = erasure_jobs.erase_undone(erasure_context(rt))
    if count:
        log.warning("erased again", extra={"state": count})
        rt.scrub()
    return count


PATIENCE = 5.0


def send_heartbeat(url: str) -> bool:
    """GET the address; returns whether it succeeded. A failing monitor never stops a sweep. The address may
    contain a key, so only the kind of failure is logged.
    """
    if not url:
        return False
    from http.client import HTTPException
    from urllib.request import Request, urlopen

    try:
        plain = url[:]  # a Secret hides itself from str()
        with urlopen(Request(plain, headers={"User-Agent": "Laksa"}), timeout=PATIENCE) as answer:
            return bool(answer.status < 300)
    except (OSError, ValueError, HTTPException) as error:
        log.warning("heartbeat was not taken", extra={"error": type(error).__name__})
        return False
