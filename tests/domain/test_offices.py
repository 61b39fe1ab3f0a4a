"""The offices that get letters and no case: their mailboxes come from the table, and no report goes to them."""

from __future__ import annotations

import pytest

from tests.builders import DIRECTORY
from workflows.domain.directory import Directory, read_departments

HEAD = "code,name,short,kind,head,mailbox,head_mailbox,phone,fallback_mailbox,asisten\n"
DINAS = "DLH,Dinas Lingkungan Hidup,DLH,dinas,Kepala DLH,,,,,ASISTEN-2\n"


def of(*rows: str) -> Directory:
    return read_departments(HEAD + DINAS + "".join(f"{row}\n" for row in rows))


def test_an_assistant_has_a_mailbox_of_its_own_and_a_name() -> None:
    directory = of("ASISTEN-2,Asisten Ekonomi,Asisten Ekonomi,office,,,,,,")
    assert directory.address("asisten", "ASISTEN-2") == "asisten-2@opd.example"
    assert directory["ASISTEN-2"].name == "Asisten Ekonomi"


def test_who_coordinates_a_department_is_known_where_the_table_has_both() -> None:
    assert of("ASISTEN-2,Asisten,Asisten,office,,,,,,").asisten_of("DLH") == "ASISTEN-2"
    assert (of().asisten_of("DLH"), of().asisten_of("NASA"), of().asisten_of("")) == ("", "", "")


def test_no_report_can_be_given_to_such_an_office() -> None:
    offices = {code for code, found in DIRECTORY.departments.items() if found.kind == "office"}
    assert offices == {"DESK", "SEKDA", "WALIKOTA", "ASISTEN-1", "ASISTEN-2", "ASISTEN-3"}
    assert not offices & {found.code for found in DIRECTORY.assignable()}


@pytest.mark.parametrize("opd", [found.code for found in DIRECTORY.assignable()])
def test_every_department_below_the_sekda_has_its_assistant(opd: str) -> None:
    below = DIRECTORY[opd].kind not in ("inspektorat", "sekretariat")
    assert bool(DIRECTORY.asisten_of(opd)) == below
