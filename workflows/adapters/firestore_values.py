"""Documents as the raw messages of Firestore's protocol.

Google's client wraps every value in an object, at four to eight times the cost, and a whole city has millions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workflows.adapters.document_values import finite
from workflows.ports import Document


def put_fields(fields: Any, document: Document) -> None:
    """Fill a message's map of fields with a plain document."""
    for name, value in document.items():
        _put(fields[name], value)


def fields_of(fields: Mapping[str, Any]) -> Document:
    """The document that put_fields wrote, moments in UTC; TypeError or ValueError for what Laksa never writes."""
    return {name: _value(message) for name, message in fields.items()}


def _put(message: Any, value: Any) -> None:
    match value:
        case str():
            message.string_value = value
        case None:
            message.null_value = 0
        case bool():
            message.boolean_value = value
        case int():
            message.integer_value = value
        case float():
            message.double_value = value
        case datetime():
            message.timestamp_value.FromDatetime(value)
        case bytes():
            message.bytes_value = value
        case _:
            _put_many(message, value)


def _put_many(message: Any, value: list[Any] | Document) -> None:
    """SetInParent: an empty list or map is one, too."""
    if isinstance(value, dict):
        message.map_value.SetInParent()
        put_fields(message.map_value.fields, value)
        return
    message.array_value.SetInParent()
    for item in value:
        _put(message.array_value.values.add(), item)


def _value(message: Any) -> Any:
    match message.WhichOneof("value_type"):
        case "string_value":
            return message.string_value
        case "null_value":
            return None
        case "timestamp_value":
            return message.timestamp_value.ToDatetime(UTC)
        case "map_value":
            return fields_of(message.map_value.fields)
        case "array_value":
            return [_value(item) for item in message.array_value.values]
        case "double_value":
            return finite(message.double_value)
        case "boolean_value" | "integer_value" | "bytes_value" as kind:
            return getattr(message, kind)
        case kind:
            raise TypeError(f"a document cannot hold a {kind}")
