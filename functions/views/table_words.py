"""The routing table in words: what each file is for, and why one was not put into force."""

from __future__ import annotations

from workflows.domain.city_days import COLLECTIVE_LEAVE, DAYS_FILE, FREE, WORKED
from workflows.errors import TableNotChanged
from workflows.routing import why_not
from workflows.routing.versions import BOARD, COMMAND

PURPOSES = {
    "departments.csv": "OPD, kepalanya, alamat email dan telepon. Meja operator (DESK), Sekda, dan Wali Kota "
    "(WALIKOTA) belum punya baris; tambahkan untuk memberi alamatnya, contoh baris: "
    "SEKDA;Sekretaris Daerah;Sekda;office;Sekretaris Daerah;sekda@kota.example;;;;. Alamat ketiganya dan alamat "
    "Inspektorat hanya dapat diganti lewat perintah `laksa routing import`",
    "units.csv": "kelurahan, bidang, dan UPT di bawah OPD, dengan alamat emailnya",
    DAYS_FILE: "hari libur, cuti bersama, dan hari masuk yang belum dikenal Laksa; contoh baris: "
    "2028-12-26;cuti_bersama;Cuti bersama Natal (atau libur, masuk)",
    "categories.csv": "jenis laporan dan OPD yang menanganinya",
    "phrases.csv": "kata yang menunjuk jenis laporan, dan seberapa kuat",
    "exceptions.csv": "kata atau kecamatan yang memindahkan satu jenis laporan ke OPD lain",
    "danger.csv": "kata yang menandai bahaya",
    "accusations.csv": "kata yang menandai tuduhan terhadap petugas",
    "conflicts.csv": "siapa yang menerima tuduhan terhadap siapa",
    "external.csv": "instansi di luar kota dan cara menghubunginya",
    "roads.csv": "jalan yang bukan milik kota",
    "outside.csv": "nama tempat di luar kota",
    "kelurahan.csv": "kelurahan dan kecamatan kota ini",
    "place_words.csv": "nama tempat yang juga kata sehari-hari",
    "slang.csv": "singkatan dan ejaan sehari-hari",
}
"""In the order in which an operator looks for them."""

WAYS = {BOARD: "papan kerja", COMMAND: "perintah laksa"}
SHIPPED_NAME = "tabel bawaan Laksa"
KINDS_OF_DAY = {FREE: "libur", COLLECTIVE_LEAVE: "cuti bersama", WORKED: "hari masuk"}

_NOT_CHANGED = {
    why_not.FIRST: "tidak ada yang bisa ditarik kembali: ini tabel yang pertama",
    why_not.OVERTAKEN: "pada saat yang sama tabel lain diberlakukan; periksa lagi",
    why_not.UNUSABLE: "versi sebelumnya tidak bisa dipakai lagi; unggah tabel yang benar",
    why_not.SEALED: "alamat Inspektorat, Sekda, Wali Kota, dan meja operator, serta conflicts.csv, hanya dapat "
    "diganti lewat perintah `laksa routing import` oleh pengelola sistem",
    why_not.GONE: "tabel yang diperiksa itu tidak tersimpan lagi; unggah dan periksa lagi",
    why_not.ORPHANS_BEFORE: "ada laporan atas nama OPD atau unit yang tidak ada di versi sebelumnya: {named}",
    why_not.ORPHANS: "ada laporan atas nama OPD atau unit yang tidak ada di tabel itu: {named}",
}


def not_changed(error: TableNotChanged) -> str:
    """Why, in one sentence without its full stop."""
    named = ", ".join(f"{opd} ({count})" for opd, count in error.orphans.items())
    return _NOT_CHANGED[error.why].format(named=named)


def table_name(version: str) -> str:
    """A version as people call it."""
    return f"tabel {version}" if version else SHIPPED_NAME
