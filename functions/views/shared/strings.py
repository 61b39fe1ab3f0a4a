"""The fixed words of a status: label, sentence for the citizen, reasons. Originals in Indonesian, marked with N_
for the catalogue.
"""

from __future__ import annotations

from functions.views.shared.rendering import N_ as N_
from workflows.domain.complaint.model import CONFIRMED, NO_RESPONSE, NOT_REACHED, State

LABELS: dict[str, str] = {
    State.RECEIVED: N_("diterima"),
    State.AT_DESK: N_("sedang diverifikasi operator"),
    State.ASSIGNED: N_("didisposisikan ke {opd}"),
    State.IN_PROGRESS: N_("sedang dikerjakan {opd}"),
    State.WAITING: N_("menunggu kelengkapan dari Anda"),
    State.SCHEDULED: N_("dijadwalkan {date}"),
    State.ANSWERED: N_("dijawab, menunggu konfirmasi Anda"),
    State.REJECTED: N_("diarsipkan, dengan alasan"),
    State.EXTERNAL: N_("bukan kewenangan kota, diarahkan ke {instansi}"),
    State.MERGED: N_("digabung dengan laporan yang sama"),
    State.WITHDRAWN: N_("ditarik pelapor"),
}
LABEL_OF_NEWER_RELEASE = N_("statusnya sedang diperbarui")
TO_FOLLOWERS = {
    State.WAITING: N_("menunggu kelengkapan dari pelapornya"),
    State.ANSWERED: N_("dijawab, menunggu konfirmasi pelapornya"),
}
"""Labels that address the complaint's own citizen, worded for followers."""
TO_OFFICES = {
    State.WAITING: "menunggu kelengkapan dari pelapor",
    State.ANSWERED: "dijawab, menunggu konfirmasi pelapor",
}
"""The same labels, worded for offices."""
CLOSED_LABELS = {
    CONFIRMED: N_("selesai (terkonfirmasi)"),
    NO_RESPONSE: N_("selesai (tanpa tanggapan)"),
    NOT_REACHED: N_("selesai (pelapor tidak terjangkau)"),
}
SENTENCES = {
    State.RECEIVED: N_(
        "Laporan Anda sudah tersimpan. Laksa memilih OPD yang berwenang paling lambat {until}. Bila belum jelas, operator yang memilih."
    ),
    State.AT_DESK: N_(
        "Operator Laksa membaca laporan Anda dan memilih OPD paling lambat {until}. Anda tidak perlu melakukan apa-apa."
    ),
    State.ASSIGNED: N_(
        "Laporan Anda sudah dikirim ke {opd}. {opd_short} harus menerimanya paling lambat {ack_by} dan menjawab paling lambat {until}. Bila lewat, laporan naik ke {head}."
    ),
    State.IN_PROGRESS: N_(
        "{opd} sudah menerima laporan Anda dan menjawab paling lambat {until}. Bila lewat, laporan naik ke {head}."
    ),
    State.WAITING: N_(
        "{opd} perlu keterangan dari Anda. Jawab di bawah paling lambat {until}. Selama menunggu Anda, batas waktu {opd} berhenti. Sesudah {until} berjalan lagi, juga bila Anda tidak menjawab."
    ),
    State.SCHEDULED: N_(
        "{opd} menjadwalkan pekerjaan ini pada {date}. Pada hari itu laporan kembali ke {opd} untuk dijawab, dan Anda melihat kabarnya di sini."
    ),
    State.REJECTED: N_(
        "Laporan ini diarsipkan. Alasannya: {reason} Tidak setuju? Tulis keberatan di bawah, dan laporan dibuka kembali."
    ),
    State.EXTERNAL: N_(
        "Ini tugas {instansi}, bukan Pemerintah Kota Tangerang. Kami tidak dapat meneruskannya. Hubungi {instansi}: {how}."
    ),
    State.MERGED: N_(
        "Masalah ini sudah dilaporkan juga sebagai {parent}. Kabar tentangnya muncul di sini, dan Anda tetap berhak menyatakan keberatan sendiri."
    ),
    State.WITHDRAWN: N_("Anda menarik laporan ini pada {at}. Tidak ada OPD yang mengerjakannya lagi."),
}
STATE_OF_NEWER_RELEASE = N_(
    "Laporan Anda tersimpan. Laksa sedang diperbarui: muat ulang halaman ini beberapa menit lagi untuk membaca kabarnya."
)
RETURNED = N_(
    "{opd} menyatakan ini bukan tugasnya. Operator memilih OPD lain paling lambat {until}; batas waktu jawaban tidak berubah."
)
HELD = N_(
    "Laporan Anda sudah tersimpan. Operator Laksa memeriksanya dulu, paling lambat {until}; kabar datang setelah itu. Anda tidak perlu melakukan apa-apa."
)
NOT_SENT_YET = N_(
    "Operator memilih {opd}. Laporan Anda dikirim ke sana pada {sent_at}. Jawabannya paling lambat {until}."
)
OBJECTED_AT_DESK = N_(
    "Anda menyatakan keberatan. Operator Laksa membaca laporan Anda lagi dan memilih siapa yang menjawab, paling lambat {until}."
)
REOPENED = N_(
    "Anda menyatakan belum selesai. Laporan dibuka kembali, dikembalikan ke {opd}, dan naik ke {raised}. Jawaban baru paling lambat {until}."
)
DONE = N_("Menurut {opd}, ini sudah dikerjakan atau terjawab.")
NOT_DONE = N_("{opd} menyatakan belum dapat mengerjakannya, dengan alasan di bawah.")
CHOOSE = N_(
    "Pilih “Sudah selesai” atau “Belum selesai” paling lambat {until}. Bila Anda tidak memilih, laporan ditutup sebagai “tanpa tanggapan”."
)
OBJECT = N_("Ternyata belum selesai? Tulis keberatan di bawah.")
CLOSED_SENTENCES = {
    CONFIRMED: (N_("Anda menyatakan sudah selesai."), OBJECT),
    NO_RESPONSE: (
        N_("Tidak ada tanggapan sampai {until}, maka laporan ditutup. Kami tidak mencatatnya sebagai terkonfirmasi."),
        OBJECT,
    ),
    NOT_REACHED: (
        N_("Kabar kami tidak sampai kepada Anda, maka laporan ditutup sebagai “pelapor tidak terjangkau”."),
        OBJECT,
    ),
}
REASON_WORDS = {
    "unclear": N_("Kami belum mengerti masalah atau lokasinya. Tulis apa dan di mana, dan kami buka kembali."),
    "no_reply": N_(
        "Keterangan yang kami tanyakan belum sampai, dan tanpa itu laporan ini tidak dapat dikerjakan. Jawab kapan saja, dan kami buka kembali."
    ),
    "private_matter": N_("Ini urusan antara Anda dan pihak lain, dan kota tidak dapat memutuskannya."),
    "in_court": N_("Perkara ini sedang ditangani polisi atau pengadilan. Selama itu kota tidak dapat memutuskannya."),
    "already_answered": N_("Hal yang sama sudah dijawab. Bila ada hal baru, tulis di sini."),
    "thanks": N_(
        "Terima kasih atas ucapan Anda. Tidak ada yang perlu dikerjakan, maka laporan diarsipkan. Bila ada masalah, tulis di sini."
    ),
    "not_a_report": N_(
        "Pesan ini terbaca sebagai uji coba, iklan atau pesan berantai. Bila ternyata laporan, tulis masalahnya, dan kami buka kembali."
    ),
    "abusive": N_(
        "Kami tidak menemukan masalah yang dapat dikerjakan di dalamnya. Tulis apa yang terjadi dan di mana, dan kami buka kembali."
    ),
}
