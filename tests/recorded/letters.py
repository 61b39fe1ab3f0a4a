"""What the citizens of the recorded city write; nobody's real words, names or numbers."""

from __future__ import annotations

LAMP = "Lampu jalan di tikungan dekat musala Jl. Melati padam dua malam ini, warga takut lewat. Tiang nomor {n}."
TRASH = "Sampah di TPS belakang pasar belum diangkut {n} hari dan lalat masuk ke warung kami."
HOLE = "Jalan di depan sekolah berlubang dalam, motor sering jatuh saat hujan. Sudah {n} orang jatuh."
FIRE = "Ada rumah terbakar di dekat lapangan RW {n}, api membesar, mohon segera dikirim pemadam."
EXTORTION = "Oknum petugas kecamatan minta uang seratus ribu supaya berkas saya nomor {n} diproses."
OF_THE_DESK = "Operator Laksa minta uang lima puluh ribu supaya laporan saya nomor {n} dibaca."
VAGUE = "Sudah {n} kali kami sampaikan tetapi tidak ada kabar sama sekali, mohon perhatiannya."
POWER = "Listrik rumah kami padam sejak kemarin sore, meteran PLN berbunyi terus. ID terakhir {n}."
QUESTION = "Bagaimana cara mengurus KTP yang hilang dan berapa hari jadinya? Antrean saya nomor {n}."
TREE = "Pohon tumbang menutup Jl. Anggrek nomor {n}, kabel ikut tertarik."
WATER = "Air PDAM keruh dan berbau sejak minggu lalu di Kelurahan Cikokol, rumah nomor {n}."
THANKS = "Terima kasih, taman kota sekarang bersih sekali. Nilai dari saya {n}."
ENGLISH = "The street lights on our road, Jl. Melati, have been out for {n} nights."
NAMED = "Saya Melur Kencana, lampu jalan depan rumah saya mati. Telepon saya 0812-0000-{n}."

STREET = {"place": "Jl. Melati no. 7", "kelurahan": "Sukarasa, Tangerang"}
POINT = {"latitude": "-6.1781", "longitude": "106.6300"}
NAME = "Melur Kencana"


def reader(number: int) -> str:
    """A citizen's address."""
    return f"warga{number}@contoh.example"


def mailbox(code: str, head: bool = False) -> str:
    """An office's address until the city has filled in its own."""
    return ("kepala." if head else "") + f"{code.lower()}@opd.example"


DESK = "meja@laksa.example"
