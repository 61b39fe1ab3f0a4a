"""What a citizen writes later, with the name marked that is known from before."""

from __future__ import annotations

from workflows.collection_names import COMPLAINTS, REPORTERS
from workflows.domain.own_name import mark, names_in
from workflows.ports import Store


def own_words(store: Store, ticket: str, message: str) -> str:
    """The message with its writer's name marked; of an anonymous report only what the first words held of it."""
    if not message:
        return message
    reporter, complaint = store.get(REPORTERS, ticket) or {}, store.get(COMPLAINTS, ticket) or {}
    held = names_in(str(complaint.get("text", ""))) + names_in(str(complaint.get("place", "")))
    return mark(message, *filter(None, (str(reporter.get("name") or ""), *held)))
