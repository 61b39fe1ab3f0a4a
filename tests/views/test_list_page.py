"""A department's list: what each row says, what it never says, and how to go on."""

import pytest

from functions.views.officer.list_page import list_json, list_page
from tests.sentences import sentences
from tests.views.html_checks import check_page
from tests.views.list_cases import PATH, cases, listed, morning
from tests.views.page_cases import PERSONAL
from workflows.office.case_list import NOWHERE

CASES = cases()
HERE = "36.71.01.1007"


def words(name: str) -> str:
    """What the one row of that case says."""
    text = check_page(list_page(morning(), listed(CASES[name]))).text
    return text.split("Diterima", 1)[1].split("Membuka daftar ini")[0].strip()


@pytest.mark.parametrize(("name", "said"), sentences("list_page", "a_row_says_what_it_is"))
def test_a_row_says_what_it_is_about_until_when_and_who_took_it(name: str, said: str) -> None:
    assert said in words(name)


def test_a_restricted_row_has_number_deadline_and_link_only() -> None:
    case = CASES["restricted"]
    assert words("restricted") == f"{case.ticket} Terbatas habis hari ini Sen, 16 Nov, 16.00"
    page = check_page(list_page(morning(), listed(case)))
    assert page.values("href").count(PATH) == 1


def test_a_restricted_row_does_not_tell_that_its_hours_count() -> None:
    case = CASES["restricted"]
    urgent = list_page(morning(), listed(case.evolve(urgent=True)))
    assert urgent == list_page(morning(), listed(case))


def test_machines_read_no_status_of_a_restricted_case() -> None:
    (shape,) = list_json(morning(), listed(CASES["restricted"]))["cases"]
    assert (shape["status"], shape["deadline"]) == ("", "2026-11-16T16:00:00+07:00")


def test_nobody_is_named_but_officers_and_no_number_of_theirs() -> None:
    source = list_page(morning(), listed(*CASES.values()))
    check_page(source)
    assert not [secret for secret in PERSONAL if secret in source]
    assert "Lampu di depan pasar" not in source


def test_the_head_counts_what_is_late_and_due_today() -> None:
    page = check_page(list_page(morning(), listed(*CASES.values())))
    assert page.title == "8 laporan terbuka · Dishub · Laksa"
    assert "1 lewat batas waktu , 1 habis hari ini." in page.text


def test_an_empty_list_says_so() -> None:
    page = check_page(list_page(morning(), listed()))
    assert "Tidak ada laporan terbuka untuk Dinas Perhubungan (Dishub)." in page.text
    assert not page.all("table") and not page.all("form")


def test_a_narrowed_list_says_to_what_and_leads_back() -> None:
    page = check_page(list_page(morning(), listed(CASES["late"], kelurahan=HERE)))
    assert f"1 laporan terbuka di {morning().labels.area(HERE)}. Tampilkan semua" in page.text
    assert [tag["value"] for tag in page.all("option") if "selected" in tag] == [HERE]
    none = list_page(morning(), listed(CASES["late"], kelurahan=NOWHERE, matching=0, cases=(), paths=()))
    assert "Tidak ada laporan terbuka tanpa kelurahan." in check_page(none).text


def test_pages_lead_on_and_back_and_keep_the_filter() -> None:
    middle = listed(CASES["late"], kelurahan=HERE, first=False, next="n1794470400000000-000000000")
    links = check_page(list_page(morning(), middle)).values("href")
    assert f"?kelurahan={HERE}&setelah=n1794470400000000-000000000" in links
    assert f"?kelurahan={HERE}" in links
    assert "Berikutnya" not in check_page(list_page(morning(), listed(CASES["late"]))).text


def test_machines_read_the_same() -> None:
    page = list_json(morning(), listed(CASES["late"], CASES["waiting"], matching=700, next="n-000000000"))
    assert page["department"] == {"code": "DISHUB", "name": "Dinas Perhubungan"}
    assert page["cases"][0] == {
        "ticket": CASES["late"].ticket,
        "status": "in_progress",
        "deadline": "2026-11-12T16:00:00+07:00",
        "overdue": True,
        "url": f"https://laksa.example{PATH}",
    }
    assert (page["cases"][1]["status"], page["cases"][1]["overdue"]) == ("waiting_for_citizen", False)
    assert (page["total"], page["next"]) == (700, "?setelah=n-000000000")
