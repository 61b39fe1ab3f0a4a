"""A table that went through many hands: forty mistakes over its files, and every one is found."""

from __future__ import annotations

from tests.routing.check.small import SMALL, check_small, lines, told

ADDED = {
    "accusations.csv": "office,kantor dinas pu,\npolise,kantor polisi,EXT-POLRI\n",
    "categories.csv": "becak,Becak,Pedicabs,DISHUBB,,no\ndelman,Delman,Carriages,DISHUB,DISHUB,tidak\n",
    "conflicts.csv": "DLH,DLH,,,yes\nPERKIM,EXTERNAL,,,yes\n",
    "danger.csv": "sedang terbakar,kebakaran\nadalah,bahaya\n",
    "departments.csv": "SEKDA,Sekretaris,Sekda,dinas,Sekda,,,,\n"
    "BARU,Dinas Baru,Baru,dines,Kepala,baru(at)kota,,nol,\n",
    "exceptions.csv": "banjir,perahu,PUPR,,\nbanjir,,PERKIM,,Ciledok\nbanjir,,PERKIM,,\n"
    "banjir,sungai dalam,PERKIM,EXT-KPK,\n",
    "external.csv": "EXT-BARU,Instansi Baru,,,instansi baru\n",
    "kelurahan.csv": "36.71.01.1099,Ciledug,Hutan Kota\n3671021099,Jatiuwung,Hutan Desa\n",
    "outside.csv": "Cikokol,EXT-PEMKAB\n",
    "phrases.csv": 'pju_matti,lampu hias,5,any\npju_mati,lampu sorot,"5,5",any\npju_mati,lampu kolong,50,any\n'
    "pju_mati,lampu tiang tinggi,lima,any\npju_mati,lampu kota,5,anny\njalan_rusak,jalan rusak,5,any\n"
    "psu_perumahan,jalan berlubang,5,any\npju_mati,=lampu,5,any\npju_mati,lampu tepi ,5,any\npju_mati,,5,any\n"
    "pju_mati,lampu,5\n",
    "place_words.csv": "Cikokoll,marker\n",
    "roads.csv": "Jalan Baru,jalan baru,EXT-BPJ,ya\n",
    "slang.csv": "cepetan,buruan\nburuan,cepetan\npinang,meminang\n",
    "units.csv": "DLH-BARU,DLHH,UPT Baru,UPT Baru,seksi,Kepala UPT Baru,,\n"
    "KEL-BARU,KEL-CIKOKOL,Kelurahan Baru,Kel. Baru,kelurahan,Lurah Baru,,\n",
}  # fmt: skip
"""Lines that somebody added to each file."""

PLACES = [
    ("accusations.csv", 1, "code"), ("accusations.csv", 2, "kind"),
    ("categories.csv", 1, "opd"), ("categories.csv", 2, "also"), ("categories.csv", 2, "restricted"),
    ("conflicts.csv", 1, "to"), ("conflicts.csv", 2, "external"),
    ("danger.csv", 1, "phrase"), ("danger.csv", 2, "phrase"),
    ("departments.csv", 1, "code"), ("departments.csv", 2, "kind"), ("departments.csv", 2, "mailbox"),
    ("departments.csv", 2, "phone"),
    ("exceptions.csv", 1, "phrase"), ("exceptions.csv", 2, "kecamatan"), ("exceptions.csv", 3, "phrase"),
    ("exceptions.csv", 4, "external"),
    ("external.csv", 1, "authority"),
    ("kelurahan.csv", 1, "kecamatan"), ("kelurahan.csv", 2, "code"),
    ("outside.csv", 1, "name"),
    ("phrases.csv", 1, "category"), ("phrases.csv", 2, "weight"), ("phrases.csv", 3, "weight"),
    ("phrases.csv", 4, "weight"), ("phrases.csv", 5, "kind"), ("phrases.csv", 6, "phrase"),
    ("phrases.csv", 7, "phrase"), ("phrases.csv", 8, "phrase"), ("phrases.csv", 10, "phrase"),
    ("phrases.csv", 11, ""),
    ("place_words.csv", 1, "name"),
    ("roads.csv", 1, "authority"), ("roads.csv", 1, "certain"),
    ("slang.csv", 1, "means"), ("slang.csv", 2, "means"), ("slang.csv", 3, "word"),
    ("units.csv", 1, "opd"), ("units.csv", 1, "kind"), ("units.csv", 2, "opd"),
]  # fmt: skip


def test_a_table_with_forty_mistakes_in_fourteen_files_and_all_are_found() -> None:
    given = {name: (SMALL[name] + added).encode() for name, added in ADDED.items()}
    checked = check_small(given)
    found = {(f.file, f.line - lines(f.file), f.field) for f in checked.errors}
    assert len(PLACES) == 40
    assert found == set(PLACES), told(checked)
    assert all(finding.proposal for finding in checked.findings)
