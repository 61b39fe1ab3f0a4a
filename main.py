"""Every deployable function by name; infra/topology.yaml says what wakes each. A process loads only its own."""

import os
from importlib import import_module
from typing import Any

if "K_SERVICE" in os.environ:  # on Cloud Run nobody else does
    from functions.app.startup import start

    start()

MODULES = {
    "case_list": "functions.case_list",
    "case_page": "functions.case_page",
    "check_deadline": "functions.events",
    "complaint_form": "functions.complaint_form",
    "complaint_page": "functions.complaint_page",
    "dead_letter": "functions.events",
    "desk_board": "functions.desk_board",
    "desk_intake": "functions.desk_intake",
    "desk_page": "functions.desk_page",
    "desk_summary": "functions.desk_summary",
    "desk_table": "functions.desk_table",
    "health": "functions.health",
    "inbound_mail": "functions.inbound_mail",
    "mailbox_page": "functions.mailbox_page",
    "morning_digest": "functions.schedule",
    "read_mail": "functions.events",
    "route_complaint": "functions.events",
    "send_lost_link": "functions.events",
    "send_notice": "functions.events",
    "sweep": "functions.schedule",
}
"""The module of each function; it is imported when the function is first asked for."""
__all__ = list(MODULES)


def __getattr__(name: str) -> Any:
    """Import and return a function; `laksa` is all of them in one service."""
    if name == "laksa":
        from infra.one_service import laksa

        return laksa
    if name not in MODULES:
        raise AttributeError(f"no function {name}")
    return getattr(import_module(MODULES[name]), name)
