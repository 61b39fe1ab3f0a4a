"""What the desk reads of a request about one's own data."""

from __future__ import annotations

import pytest

from functions.views.shared.data_requests import data_rows, data_shapes
from tests.builders import MONDAY, TICKET
from tests.views.page_cases import context
from workflows.domain.privacy.data_request import ANSWER_WITHIN, COPY, CORRECTION, ERASURE, DataRequest
from workflows.domain.privacy.redaction import tag_reporter_name

WORDS = "Saya Siti Zubaedah, nama saya salah tulis."


@pytest.mark.parametrize(("kind", "names"), [(COPY, False), (ERASURE, False), (CORRECTION, True)])
def test_the_writers_name_is_read_only_where_it_may_be_corrected(kind: str, names: bool) -> None:
    words = tag_reporter_name(WORDS, "Siti Zubaedah")
    requests = [DataRequest(TICKET, kind, MONDAY, 3, MONDAY + ANSWER_WITHIN, words)]
    shown = [data_rows(context(), requests, None, ())[0].message, data_shapes(context(), requests)[0]["message"]]
    assert shown == [WORDS if names else WORDS.replace("Siti Zubaedah", "(nama pelapor)")] * 2
