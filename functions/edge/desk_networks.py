"""The desk's pages open only from the networks that the city names, where it names any."""

from __future__ import annotations

from flask import Request

from functions.edge.client import caller
from functions.networks import lies_in
from functions.wiring import runtime
from workflows.errors import OutsideDeskNetworks

DESK_PAGES = ("/meja/", "/papan/")


def admit(request: Request) -> None:
    """OutsideDeskNetworks for a desk link that is opened elsewhere, whatever its token is worth.

    A caller at this very machine, and a proxy here that names nobody, is let in where 127.0.0.1 or ::1 is named.
    """
    if not request.path.startswith(DESK_PAGES):
        return
    settings = runtime().settings
    if settings.desk_allow and not lies_in(caller(request, settings.proxies), settings.desk_allow):
        raise OutsideDeskNetworks
