"""The fixed words of a status: label, sentence for the citizen, reasons. Originals in Indonesian, marked with N_
for the catalogue.
"""

from __future__ import annotations

from functions.views.shared.rendering import N_ as N_
from workflows.domain.complaint import model as c

LABELS: dict[str, str] = {
    c.RECEIVED: N_("diterima"),
    c.AT_DESK: N_("sedang diverifikasi operator"),
    c.ASSIGNED: N_("didisposisikan ke {opd}"),
    c.IN_PROGRESS: N_("sedang dikerjakan {opd}"),
    c.WAITING: N_("menunggu kelengkapan dari Anda"),
    c.SCHEDULED: N_("dijadwalkan {date}"),
    c.ANSWERED: N_("dijawab, menunggu konfirmasi Anda"),
    c.REJECTED: N_("diarsipkan, dengan alasan"),
    c.EXTERNAL: N_("bukan kewenangan kota, diarahkan ke {instansi}"),
    c.MERGED: N_("digabung dengan laporan yang sama"),
    c.WITHDRAWN: N_("ditarik pelapor"),
}
TO_FOLLOWERS = {
    c.WAITING: N_("menunggu kelengkapan dari pelapornya"),
    c.ANSWERED: N_("dijawab, menunggu konfirmasi pelapornya"),
}
"""Labels that address the complaint's own citizen, worded for followers."""
TO_OFFICES = {
    c.WAITING: "menunggu kelengkapan dari pelapor",
    c.ANSWERED: "dijawab, menunggu konfirmasi pelapor",
}
"""The same labels, worded for offices."""
CLOSED_LABELS = {
    c.CONFIRMED: N_("selesai (terkonfirmasi)"),
    c.NO_RESPONSE: N_("selesai (tanpa tanggapan)"),
    c.NOT_REACHED: N_("selesai (pelapor tidak terjangkau)"),
}
SENTENCES = {
    c.RECEIVED: N_(
        "Laporan Anda sudah tersimpan. Laksa memilih OPD yang berwenang paling lambat {until}. Bila belum jelas, operator yang memilih."
    ),
    c.AT_DESK: N_(
        "Operator Laksa membaca laporan Anda dan memilih OPD paling lambat {until}. Anda tidak perlu melakukan apa-apa."
    ),
    c.ASSIGNED: N_(
        "Laporan Anda sudah dikirim ke {opd}. {opd_short} harus menerimanya paling lambat {ack_by} dan menjawab paling lambat {until}. Bila lewat, laporan naik ke {head}."
    ),
    c.IN_PROGRESS: N_(
        "{opd} sudah menerima laporan Anda dan menjawab paling lambat {until}. Bila lewat, laporan naik ke {head}."
    ),
    c.WAITING: N_(
        "{opd} perlu keterangan dari Anda. Jawab di bawah paling lambat {until}. Selama menunggu Anda, batas waktu {opd} berhenti. Sesudah {until} berjalan lagi, juga bila Anda tidak menjawab."
    ),
    c.SCHEDULED: N_(
        "{opd} menjadwalkan pekerjaan ini pada {date}. Pada hari itu laporan kembali ke {opd} untuk dijawab, dan Anda melihat kabarnya di sini."
    ),
    c.REJECTED: N_(
        "Laporan ini diarsipkan. Alasannya: {reason} Tidak setuju? Tulis keberatan di bawah, dan laporan dibuka kembali."
    ),
    c.EXTERNAL: N_(
        "Ini tugas {instansi}, bukan Pemerintah Kota Tangerang. Kami tidak dapat meneruskannya. Hubungi {instansi}: {how}."
    ),
    c.MERGED: N_(
        "Masalah ini sudah dilaporkan juga sebagai {parent}. Kabar tentangnya muncul di sini, dan Anda tetap berhak menyatakan keberatan sendiri."
    ),
    c.WITHDRAWN: N_("Anda menarik laporan ini pada {at}. Tidak ada OPD yang mengerjakannya lagi."),
}
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
    c.CONFIRMED: (N_("Anda menyatakan sudah selesai."), OBJECT),
    c.NO_RESPONSE: (
        N_(
            "Tidak ada tanggapan sampai {until}, maka laporan ditutup. Kami tidak mencatatnya sebagai terkonfirmasi."
        ),
        OBJECT,
    ),
    c.NOT_REACHED: (
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
    "in_court": N_(
        "Perkara ini sedang ditangani polisi atau pengadilan. Selama itu kota tidak dapat memutuskannya."
    ),
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
