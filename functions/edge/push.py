"""The Pub/Sub push envelope."""

from __future__ import annotations

import base64
import json

from flask import Request

from functions.log_labels import name_case
from workflows.failures import BadMessage

SOURCE = "CloudPubSubDeadLetterSourceSubscription"


def read_push(request: Request) -> dict[str, str]:
    """The message's data, a flat dict of str; BadMessage when there is none or nobody understands it."""
    try:
        envelope = json.loads(request.get_data())
        data = json.loads(base64.b64decode(envelope["message"]["data"], validate=True))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMessage("no data") from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise BadMessage("not a flat object of text")
    return data


def read_dead_letter(request: Request) -> tuple[str, dict[str, str], str]:
    """Where it came from, the message that died, and why: in our own bus's words, or as Pub/Sub hands it on."""
    data = read_push(request)
    if "topic" in data:
        return data["topic"], {"message": data.get("data", "")}, data.get("error", "")
    attributes = json.loads(request.get_data())["message"].get("attributes") or {}
    return str(attributes.get(SOURCE, "unknown")), data, "tried too often"


def required(data: dict[str, str], name: str) -> str:
    """A field that the message must have; BadMessage without it."""
    value = data.get(name, "")
    if not value or "/" in value or len(value) > 200:
        raise BadMessage(f"no {name}")
    name_case(value)
    return value
