"""A form on its way back to whoever sent it: what was typed, its token, and the photos that came with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.edge.body import Body
from functions.services import ports
from functions.wiring import runtime
from workflows.citizen.kept_photos import Kept, keep
from workflows.domain.form_age import TOKEN, has_run_out
from workflows.errors import Forbidden

NAMES_PHOTOS, LEAVES_PHOTOS = "kept_photos", "leave_photos"
"""Fields of a form that names photos kept before; `yes` in the second: not to be sent."""


@dataclass(frozen=True)
class Back:
    """What the page shows again. leaves_photos: the kept ones are not to be sent."""

    values: dict[str, str]
    token: str
    kept: Kept
    leaves_photos: bool


def back(body: Body, fields: Sequence[str], used: bool = False) -> Back:
    """The form with everything in these; its good photos are kept until it is sent. used: its token was."""
    token = _token(body, used)
    leaves = body.get(LEAVES_PHOTOS) == "yes"
    named = bool(body.get(NAMES_PHOTOS)) and not (leaves and body.photos)
    kept = keep(ports(), token, body.photos, sent_token(body) if named else "")
    return Back({name: body.get(name) for name in fields}, token, kept, leaves and named)


def wants_kept(body: Body) -> bool:
    """Whether photos that were kept when the form came back are to be sent with it."""
    return bool(body.get(NAMES_PHOTOS)) and body.get(LEAVES_PHOTOS) != "yes"


def sent_token(body: Body) -> str:
    """The token that the form carries, empty for one without."""
    return body.get(TOKEN).strip()


def _token(body: Body, used: bool) -> str:
    """The same, so that photos are found and a repeat is known; a new one where it would be refused again."""
    rt, token = runtime(), sent_token(body)
    now = rt.clock.now()
    try:
        runs = not has_run_out(rt.links.form_token_age(token, now), rt.rules)
    except Forbidden:
        runs = False
    return token if runs and not used else rt.links.form_token(now)
