"""All functions as one service, which is what a small city deploys: `functions-framework --source main.py --target
laksa`.
"""

from __future__ import annotations
from functools import cache
from typing import TYPE_CHECKING, cast

import functions_framework
from flask import Request, Response

if TYPE_CHECKING:
    from infra.embedded.dispatch import Dispatch


@functions_framework.http
def laksa(request: Request) -> Response:
    """Dispatch each path to its function, as the embedded host does; also pushes and ticks, whose caller's token
    is checked.
    """
    return cast(Response, Response.from_app(_dispatch(), request.environ))


@cache
def _dispatch() -> Dispatch:
    """The embedded host's dispatcher; SettingsError if the settings check no callers."""
    from functions.app.container import ROOT, container
    from functions.app.settings import IAM, TOKEN, SettingsError
    from infra.embedded.dispatch import Dispatch, Targets
    from infra.topology import read_topology

    check = container().settings.callers.check
    if check == IAM:
        raise SettingsError("LAKSA_CALLERS=token is needed where one service answers for all")
    return Dispatch(read_topology(), Targets(ROOT / "main.py").app, private=check == TOKEN)
