"""An act that was refused: what the page shows when it comes back with everything that was typed."""

from __future__ import annotations

from typing import Any

from functions.edge.body import Body
from workflows.errors import ActionNotPossible, DraftChanged, InvalidInput

Refused = InvalidInput | ActionNotPossible | DraftChanged
REFUSED = (InvalidInput, ActionNotPossible, DraftChanged)


def shown_again(error: Refused, body: Body) -> dict[str, Any]:
    """The status and what stood in the way, as the pages' views take them."""
    if isinstance(error, InvalidInput):
        return {"status": 422, "errors": error.errors, "typed": body.fields}
    return {"status": 409, "conflict": error, "typed": body.fields}
