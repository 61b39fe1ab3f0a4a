"""How every act behind a link is carried out: once, with its photos, saved, and only then published."""

from __future__ import annotations
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from workflows.domain.actions.attach_photos import with_photos
from workflows.domain.actions.engine import R
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.photos import keeping, store_photos
from workflows.unit_of_work import Services, apply_or_forbidden, load_or_forbidden

Decide = Callable[[Complaint, R, datetime], Transition | None]
"""Pure: checks the link and decides what the request changes; None for a repeat."""


def perform(
    services: Services,
    ticket: str,
    request: R,
    decide: Decide[R],
    uploads: Sequence[bytes] = (),
    check: Callable[[R], None] = lambda _: None,
) -> Transition | None:
    """Carry out an action once, with the photos sent along; None when the same has been done before. Photos are
    stored only for a possible action. `check`: of the fields, repeated when it is known which files are photos.
    Forbidden when there is no such complaint; errors of `decide` and `check` propagate.
    """
    if not uploads:
        return apply_or_forbidden(services, ticket, lambda complaint, now: decide(complaint, request, now))
    if decide(load_or_forbidden(services.store, ticket), request, services.clock.now()) is None:
        return None
    stored = store_photos(services, ticket, request.role, uploads)

    def step(complaint: Complaint, now: datetime) -> Transition | None:
        with_new, numbers = with_photos(complaint, stored.photos)
        sent = replace(request, photos=numbers, left_out=stored.left_out)
        check(replace(sent, uploads=""))
        return decide(with_new, sent, now)

    return keeping(services, ticket, stored, lambda: apply_or_forbidden(services, ticket, step))
