"""The page of the routing table in its states, and the answers to an upload, hostile files among them."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from functools import cache

from functions.app.table_check import CheckedUpload, Examined
from functions.views.desk.table_pages import checked_page, table_page
from functions.views.desk.table_report import TableState
from tests.views.list_cases import MORNING
from tests.views.page_cases import ATTACK, TICKET, context
from workflows.domain.notifications.mailbox_check import AddressChange
from workflows.errors import FieldError, InvalidInput, TableNotChanged
from workflows.routing.check.comparison import changes
from workflows.routing.check.sheet import Finding, of_file
from workflows.routing.decide import decide
from workflows.routing.load import FOLDER, load_table, read_files
from workflows.routing.model import Letter
from workflows.routing.stored import Current, version_of
from workflows.tables.trial import Compared
from workflows.tables.versions import BOARD, Version

FILES = read_files(FOLDER)
DAYS = (
    FILES["holidays.csv"] + f'2028-12-26,cuti_bersama,"Natal {ATTACK.replace(chr(34), "")}"\n2028-12-23,masuk,Ganti\n'
)
CHANGED = FILES | {"holidays.csv": DAYS}
FIRST, SECOND = version_of(CHANGED), "0123456789ab"
PATH = "/papan/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8/tabel"
SHIPPED = TableState(Current(), (), FILES, version_of(FILES))
HELD = TableState(
    Current(SECOND, MORNING, ("", FIRST)),
    (
        Version(SECOND, MORNING, FIRST, BOARD, ("categories.csv", "departments.csv", "holidays.csv")),
        Version(FIRST, MORNING - timedelta(days=9), ""),
    ),
    FILES,
    version_of(FILES),
)
WRONG = (
    Finding("exceptions.csv", 7, 3, "opd", 'kode "BPDB" tidak dikenal', "maksudnya BPBD?"),
    Finding("phrases.csv", 3, 1, "category", f"“{ATTACK}” bukan pilihan", ATTACK),
    of_file(f"{ATTACK}.csv", "nama berkas ini tidak dikenal"),
)
ODD = of_file("holidays.csv", "cuti bersama 2028: 1 hari", "cocokkan dengan SKB", warning=True)


ADDRESSES = (
    AddressChange("DLH", "DLH", "mailbox", "DLH", "dlh@opd.example", "lingkungan.hidup@kota.example"),
    AddressChange("DLH", "DLH", "fallback_mailbox", "DLH", "", "cadangan@kota.example"),
    AddressChange("BARU", "BARU", "mailbox", ATTACK, "", "baru@kota.example"),
    AddressChange("LAMA", "LAMA", "head_mailbox", "Kepala Lama", "lama@kota.example", ""),
)


@cache
def replayed() -> tuple[Compared, ...]:
    """Two that would go elsewhere, one of them restricted, and one that stays."""
    table = load_table()
    lamp, trash = (decide(Letter(words), table) for words in ("Lampu jalan mati", "Sampah menumpuk di TPS"))
    return Compared(TICKET, lamp, trash), Compared(TICKET, lamp, trash, True), Compared(TICKET, lamp, lamp)


def every_table() -> dict[str, str]:
    """Name → page."""
    ctx = context(MORNING)
    sound = Examined((ODD,), CHANGED, changes(FILES, CHANGED), ADDRESSES)
    good = CheckedUpload(sound, SECOND, FILES, FIRST, replayed())
    many = Examined(tuple(replace(WRONG[0], line=n) for n in range(1, 300)), FILES, ())
    return {
        "shipped": table_page(ctx, SHIPPED, PATH),
        "changed": table_page(ctx, HELD, PATH),
        "overtaken": table_page(ctx, HELD, PATH, error=TableNotChanged("overtaken")),
        "orphans": table_page(ctx, HELD, PATH, error=TableNotChanged("orphans", {"BARU": 3, "DLH-TPA": 1})),
        "no file": table_page(ctx, SHIPPED, PATH, error=InvalidInput([FieldError("file", "no_file")])),
        "mistakes": checked_page(ctx, CheckedUpload(Examined((*WRONG, ODD), FILES, ()), "", FILES), PATH),
        "many mistakes": checked_page(ctx, CheckedUpload(many, "", FILES), PATH),
        "sound": checked_page(ctx, good, PATH),
        "sound and no report yet": checked_page(ctx, replace(good, compared=()), PATH),
        "the same": checked_page(ctx, CheckedUpload(Examined((), FILES, ()), SECOND, FILES), PATH),
    }
