"""Documents as Firestore's protocol has them: what was put in comes out, after the wire."""

from __future__ import annotations
from typing import Any

import pytest
from google.cloud.firestore_v1.types import Document as Message
from hypothesis import given

from tests.workflows.moving_cases import DOCUMENTS
from workflows.adapters.firestore_calls import fields_of, put_fields
from workflows.migration.jsonl import to_line
from workflows.migration.ports import Row
from workflows.ports import Document

pytestmark = pytest.mark.slow

RAW: Any = Message.pb()


@given(DOCUMENTS)
def test_any_document_comes_back_from_the_wire(document: Document) -> None:
    message = RAW()
    put_fields(message.fields, document)
    arrived = fields_of(RAW.FromString(message.SerializeToString()).fields)
    assert to_line(Row("things", "one", arrived)) == to_line(Row("things", "one", document))


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"geo_point_value": {"latitude": 1.0}}, TypeError),
        ({"reference_value": "projects/p"}, TypeError),
        ({}, TypeError),
        ({"double_value": float("nan")}, ValueError),
    ],
    ids=str,
)
def test_what_no_store_of_laksa_holds_is_refused(value: dict[str, Any], error: type[Exception]) -> None:
    message = Message.pb(Message(fields={"place": value}))
    with pytest.raises(error):
        fields_of(message.fields)
