"""Erasing, as the sweep, the start and the command need it: the workflows with this process's keepers."""

from __future__ import annotations

import logging

from functions.services import ports
from functions.wiring import Runtime, runtime
from workflows.privacy.keepers import Keepers

log = logging.getLogger("laksa")


def keepers(rt: Runtime | None = None) -> Keepers:
    """Everything of a runtime that keeps personal data."""
    rt = rt or runtime()
    return Keepers(ports(rt), rt.caught_letters, rt.ledger_file)


def erase_due(rt: Runtime | None = None) -> int:
    """Erase a page of what was kept long enough; how many erasures. Never raises: a sweep has other work."""
    from workflows.privacy import retention

    rt = rt or runtime()
    try:
        count = retention.erase_due(keepers(rt))
        if count:
            rt.scrub()
    except Exception as error:
        log.error("nothing erased", extra={"error": type(error).__name__})
        return 0
    return count


def erase_undone(rt: Runtime | None = None) -> int:
    """Erase again what an old copy of the store brought back, before anybody sees it; how many cases."""
    from workflows.privacy import replay

    rt = rt or runtime()
    count = replay.erase_undone(keepers(rt))
    if count:
        log.warning("erased again", extra={"state": count})
        rt.scrub()
    return count
