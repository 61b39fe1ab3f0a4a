"""Every deployable function by name; infra/topology.yaml says what wakes each. A process loads only its own."""

import os
from importlib import import_module
from typing import Any

if "K_SERVICE" in os.environ:  # on Cloud Run nobody else does
    from functions.app.startup import start

    start()

__all__ = [  # noqa: F822
    "case_list",
    "case_page",
    "check_deadline",
    "complaint_form",
    "complaint_page",
    "dead_letter",
    "desk_board",
    "desk_intake",
    "desk_page",
    "desk_summary",
    "desk_table",
    "health",
    "inbound_mail",
    "mailbox_page",
    "morning_digest",
    "read_mail",
    "route_complaint",
    "send_lost_link",
    "send_notice",
    "sweep",
]


def __getattr__(name: str) -> Any:
    """The function, from the module of its name; `laksa` is all of them in one service."""
    if name == "laksa":
        from infra.one_service import laksa

        return laksa
    if name not in __all__:
        raise AttributeError(f"no function {name}")
    return getattr(import_module(f"functions.{name}"), name)
