"""`laksa answer-data`: an answer that the desk may not write itself."""

from __future__ import annotations

import pytest

from cli.main import main
from functions.app.container import container, services
from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.citizen.data_requests import requests_of, take_in
from workflows.domain.complaint.model import State
from workflows.domain.privacy.data_request import COPY, DataAct


def test_it_settles_once_and_says_what_is_wrong(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(complaint(State.IN_PROGRESS, "INSPEKTORAT", restricted=True, decision={"desk": False}))
    take_in(services(), TICKET, container().links.citizen_key(TICKET, 1), DataAct(COPY))
    said = ["answer-data", TICKET, COPY, "done", "Salinannya kami kirim ke alamat pada laporan."]
    assert main(said) == 0
    assert "Jawaban tersimpan" in capsys.readouterr().out
    assert requests_of(laksa.store, TICKET)[0].due_at is None
    assert main(said) == 0
    assert main([*said[:-1], "Lain."]) == 1
    assert main(["answer-data", "LKS-0000-0000-0", COPY, "done", "Sudah."]) == 1
    assert capsys.readouterr().err.count("laksa: ") == 2
