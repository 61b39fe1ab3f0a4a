"""What names a person in a letter is hidden, what describes the matter stays."""

import re
import time
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.domain.privacy.redaction import MASKS, mask_identifiers

pytestmark = pytest.mark.slow

EMAIL, NIK, PHONE, ACCOUNT, PLATE = (MASKS[k] for k in ("email", "nik", "phone", "account", "plate"))

# Each secret stands between ‹ and ›; the rest of the letter must come through unchanged.
HIDDEN = [
    # NIK
    ("NIK saya ‹3671011203900001›, KTP belum jadi", NIK),
    ("nik:‹3671011203900001›", NIK),
    ("‹3671 0112 0390 0001› atas warga Periuk", NIK),
    ("KTP ‹3671-0112-0390-0001› hilang", NIK),
    ("No. KK ‹367101.120390.0001› salah cetak", NIK),
    ("ibu saya ‹3671015203600002› belum dapat bansos", NIK),
    ("nomor ‹367101 520360 0002› tidak terbaca", NIK),
    ("data (‹3671011203900001›) dipakai orang", NIK),
    ("NIK ‹367101120390001› ditolak sistem", NIK),
    ("KK nomor ‹3671 0112 0390 0001› dobel", NIK),
    ("nik ktp: ‹36.71.01.120390.0001›", NIK),
    ("‹3671 - 0112 - 0390 - 0001›", NIK),
    ("‹3.671.011.203.900.001› katanya tidak terdaftar", NIK),
    # Phones
    ("hubungi ‹081234567890› setelah magrib", PHONE),
    ("WA ‹0812-3456-7890› saja", PHONE),
    ("WA ‹0812 3456 7890›, terima kasih", PHONE),
    ("telp ‹0812.3456.7890›.", PHONE),
    ("‹+6281234567890› nomor petugasnya", PHONE),
    ("‹+62 812-3456-7890› yang minta uang", PHONE),
    ("‹62812 3456 7890› aktif", PHONE),
    ("‹+62 (0)812 3456 789› aktif", PHONE),
    ("‹(0812) 3456-7890› nomor ketua RT", PHONE),
    ("HP saya ‹0816123456›", PHONE),
    ("WA‹081234567890› pak", PHONE),
    ("no hp ‹o812-3456-7890›", PHONE),
    ("‹0812/3456/7890› bisa dihubungi", PHONE),
    ("‹0812 34 56 78 90› bisa dihubungi", PHONE),
    ("‹08 12 3456 7890› bisa dihubungi", PHONE),
    ("‹0 8 1 2 3 4 5 6 7 8 9 0› ya", PHONE),
    ("‹0812 – 3456 – 7890› ya", PHONE),
    ("sms ke ‹81234567890› tidak dibalas", PHONE),
    ("kantor ‹021-5582144› tidak diangkat", PHONE),
    ("kantor ‹(021) 5582 144› tidak diangkat", PHONE),
    ("kantor ‹021 558 2144› tidak diangkat", PHONE),
    ("titik -6.1783056 kontak ‹62.81234567890›", PHONE),
    ("kantor ‹021.55821440› tidak diangkat", PHONE),
    ("kantor ‹0215582144› tidak diangkat", PHONE),
    ("kantor di Serang ‹0254-123456› tutup", PHONE),
    ("telp ‹5582144› sibuk terus", PHONE),
    ("telepon rumah ‹5582 144› sibuk", PHONE),
    ("majikan di Singapura ‹+65 9123 4567 8›", PHONE),
    ("jam 12 ‹081234567890› menelepon", PHONE),
    # Plates
    ("mobil ‹B 1234 XYZ› parkir di trotoar", PLATE),
    ("motor ‹b 1234 xyz› ngebut", PLATE),
    ("‹B1234XYZ› melawan arus", PLATE),
    ("‹B-1234-XYZ› melawan arus", PLATE),
    ("‹B.1234.XYZ› melawan arus", PLATE),
    ("truk tanah ‹A 9876 ZB› lewat siang", PLATE),
    ("truk ‹B 9123 CXR›, ‹B 9124 CXR› dan ‹B 9125 CXR›", PLATE),
    ("mobil ‹f 4321 cd› dari Bogor", PLATE),
    ("lihat ‹f4321cd› lagi", PLATE),
    ("nopol ‹B 12 KO› angkot ngetem", PLATE),
    ("plat nomor ‹B 1234› di depan toko", PLATE),
    ("angkot ‹b 1907 vt› ugal-ugalan", PLATE),
    ("pelat ‹AB 4321 CD› dari Yogya", PLATE),
    ("motor ‹F 4321 CD› dari Bogor", PLATE),
    ("plat merah ‹B 1001 CQN› dipakai mudik", PLATE),
    ("mobilnya‹ B1234XYZ›".replace("‹ ", " ‹"), PLATE),
    ("PARKIR LIAR ‹B 2468 COK› SETIAP HARI", PLATE),
    ("‹b1234xyz› menyerobot antrean", PLATE),
    ("nomor polisi ‹b1234xyz›-hitam kabur", PLATE),
    ("bus ‹DW 1234 AB› dari Wajo", PLATE),
    # Accounts
    ("transfer ke rek BCA ‹1234567890› a.n. Budi", ACCOUNT),
    ("no rek ‹123-456-7890›", ACCOUNT),
    ("nomor rekening: ‹0012 3456 7890 123›", ACCOUNT),
    ("norek BRI ‹012301000456789›", ACCOUNT),
    ("BCA ‹1234567890› Siti", ACCOUNT),
    ("bank mandiri ‹123-00-0456789-1›", ACCOUNT),
    ("setor ke ‹7001234567› katanya", ACCOUNT),
    ("diminta tf ‹7001234567› dulu", ACCOUNT),
    ("rekening pribadi lurah ‹98765432›", ACCOUNT),
    ("VA ‹8808123456789012› tidak bisa dibayar", ACCOUNT),
    ("‹1234567890› (BCA) minta ditransfer", ACCOUNT),
    ("‹1234567890› a.n. Joko", ACCOUNT),
    ("BCA‹1234567890›a.n. Joko", ACCOUNT),
    ("‹1234567890› atas nama Joko", ACCOUNT),
    ("Rekening Bank Banten no. ‹1234567890›", ACCOUNT),
    ("rek bjb ‹0012345678100› untuk uang wisuda Rp 500.000", ACCOUNT),
    # E-mail
    ("email saya ‹budi.santoso@contoh.id›.", EMAIL),
    ("‹BUDI_99@MAIL.CONTOH.CO.ID› tidak dibalas", EMAIL),
    ("kirim ke ‹siti+laksa@contoh.com›, ya", EMAIL),
    ("‹budi @gmail.com› atau", EMAIL),
    ("‹budi at gmail dot com› atau", EMAIL),
    ("‹budi[at]contoh.id› atau", EMAIL),
    ("(‹081234567890@contoh.id›)", EMAIL),
    ("‹a1b2c3d4.budi@contoh.id› atau", EMAIL),
    ("mailto:‹budi@contoh.id›", EMAIL),
]

KEPT = [
    # Money
    "dipungut Rp 100.000 per bulan",
    "bayar Rp1.500.000 tanpa kuitansi",
    "bayar Rp. 1.500.000,- di loket",
    "biaya Rp 150.000.000 untuk gapura",
    "total IDR 2500000 sudah lunas",
    "diminta 150rb oleh petugas",
    "diminta 50 ribu lagi",
    "tagihan 1.500.000 padahal rumah kosong",
    "anggaran 62.850.000.000 untuk jalan",
    "anggaran 812.345.678 tidak jelas",
    "proyek 2,5 miliar mangkrak",
    "transfer Rp 500.000 ke panitia",
    "sudah transfer 1500000 minggu lalu",
    "rekening desa menerima Rp 1.000.000.000",
    "saldo rekening 12.500.000 hilang",
    "BRI Rp 100.000.000 untuk KUR",
    "setor 500.000 tiap Senin",
    "denda 250000 rupiah",
    # Dates and times
    "sejak 12-03-2026 lampu padam",
    "sejak 12/03/2026 lampu padam",
    "sejak 08-12-2026 10 orang mengeluh",
    "sejak 08.12.2026 jam 10.30",
    "tanggal 2026-11-24 pukul 08.15",
    "tanggal 24 November 2026",
    "tahun 2024 2025 2026 tidak ada perbaikan",
    "tahun 2020 2021 2022 2023 banjir terus",
    "periode 2019-2024 dan 2025-2029",
    "buka 08.00-16.00 setiap hari",
    "buka 08:00 - 16:00 WIB",
    "telp 08.00-16.00 saja",
    "jam 08.10-09.30 12 truk lewat",
    "antre dari 05.30 sampai 11.45",
    "setiap 15 menit, 24 jam, 7 hari",
    # Addresses
    "RT 03/RW 05 Kelurahan Cibodas",
    "RT 003 RW 005 No 12",
    "rt 08 rw 12 no 34",
    "RT 021/005 gelap",
    "Jl. Merdeka No. 123",
    "Jl Gatot Subroto KM 5 No 17",
    "blok B 12 no 5",
    "Blok B 120 No 5 RT 03",
    "Blok. D 1203 lantai 12",
    "gang H 5 dan gang H 6",
    "Perumahan Taman Cibodas A 5 RT 03",
    "kavling F 100 AB",
    "kode pos 15138",
    "koordinat -6.1783056, 106.6318889",
    "titik -0.5040765527894054, 117.110607241 tepat",
    "titik (106.63188941234567,-6.178305612345)",
    "NOP 36.78.032.004.016.0148.0 salah luas",
    "akta 3671-LT-10102020-0043 salah",
    "berkas AKTA/220813/P3A161ND ditolak",
    "mobil tetangga di F- 16 A parkir",
    "sudah lapor k 112 tp belum",
    "tahun n 2022 d belum",
    "ongkos 300.000-500.000 per orang",
    "https://contoh.id/peta?q=-6.17,106.63",
    # Tickets and documents
    "laporan LKS-7K3M-9QXT-4 belum dijawab",
    "lks-b123-4xyz-a belum dijawab",
    "LKSB1234XYZ4 belum dijawab",
    "laporan LKS-0812-3456-7 belum dijawab",
    "Perda Nomor 8 Tahun 2018",
    "surat nomor 021/123/2026",
    "UU 25/2009 dan Perpres 76/2013",
    "NIK dan KTP saya belum jadi",
    "berkas 7f-d646df dan x_f1489d hilang",
    "kode a1234bc-77 ditolak",
    "nomor antrean c1234ab sudah lewat",
    "transfer ditolak, kode 8123456789ab12cd",
    # Numbers of the matter
    "telepon 112 tidak diangkat",
    "hubungi 110/112/119",
    "WhatsApp 3 kali tidak dibalas",
    "tiang PJU nomor 1234 mati",
    "tiang 12345678 mati",
    "ID pelanggan 541234567 menunggak",
    "kantor BCA dan BRI tutup",
    "lulusan D 3 dan S 1",
    "pikap L 300 box parkir",
    "berat b 1000 kg lebih",
    "kertas A 4 habis",
    "limbah B3 dibuang",
    "10 truk, 3 mobil, 25 motor",
    "koridor B 12 arah terminal",
    "SDN 12 dan SMPN 5",
    "ukuran 3 x 4 m, dalam 50 cm",
    "panjang 1200 m lebar 350 cm",
    "akun @tangerangkota tidak membalas",
    "harga @ 5000 per kilo",
    "bansos tahap 1 2 3 4 5 6 tidak cair",
    "suhu 36,5 derajat",
    "urutan 12 13 14 15 16 17 18 19",
]


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(HIDDEN) >= 60
    assert len(KEPT) >= 60


@pytest.mark.parametrize(("letter", "shown"), HIDDEN)
def test_what_names_a_person_is_hidden_and_nothing_else(letter: str, shown: str) -> None:
    assert mask_identifiers(re.sub("[‹›]", "", letter)) == re.sub("‹.*?›", shown, letter)


@pytest.mark.parametrize("letter", KEPT)
def test_what_describes_the_matter_stays(letter: str) -> None:
    assert mask_identifiers(letter) == letter


def test_several_secrets_in_one_letter_are_each_hidden_by_their_name() -> None:
    letter = "Saya 3671011203900001, WA 0812 3456 7890, B 1234 XYZ.\nRek BCA 1234567890, budi@contoh.id"
    assert mask_identifiers(letter) == f"Saya {NIK}, WA {PHONE}, {PLATE}.\nRek BCA {ACCOUNT}, {EMAIL}"


def test_an_announcement_does_not_reach_across_lines() -> None:
    letter = "Nomor rekening saya lupa\n12345678 nomor meteran"
    assert mask_identifiers(letter) == letter


def test_a_number_glued_to_a_hidden_one_is_hidden_too() -> None:
    assert mask_identifiers("B 1234 XYZ081234567890") == f"{PLATE}{PHONE}"
    assert mask_identifiers("081234567890 3671 0112 0390 0001") == f"{PHONE} {NIK}"


PIECES = st.sampled_from(
    [re.sub("[‹›]", "", letter) for letter, _ in HIDDEN]
    + KEPT
    + [
        *MASKS.values(),
        "rek ",
        "hp",
        "plat ",
        "B 1234",
        " XYZ",
        "0812",
        "-",
        " ",
        ".",
        "1.500",
        "@gmail.com",
        "62",
    ]
)
letters = st.lists(PIECES, max_size=6).map("".join) | st.text("b8120 .-@rek", max_size=40)


@settings(max_examples=300)
@given(letters)
def test_masking_a_masked_letter_changes_nothing(letter: str) -> None:
    assert mask_identifiers(mask_identifiers(letter)) == mask_identifiers(letter)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(KEPT), max_size=3), st.lists(st.sampled_from(KEPT), max_size=3))
def test_a_phone_number_is_hidden_wherever_it_stands(before: list[str], after: list[str]) -> None:
    letter = "\n".join([*before, "081234567890", *after])
    assert "081234567890" not in mask_identifiers(letter)


def _changes(code: str) -> int:
    return sum(one.isdigit() != other.isdigit() for one, other in pairwise(code))


def _could_be_a_number(code: str) -> bool:
    """A plate by itself, a long number with letters at one end only, or one after the name of a bank."""
    alone = re.fullmatch(r"[a-f]{1,2}\d{1,4}[a-f]{0,3}", code) is not None
    return alone or code.startswith("bca") or (_changes(code) < 2 and re.search(r"\d{8}", code) is not None)


hexadecimal = st.text("0123456789abcdef", min_size=1, max_size=64).filter(
    lambda code: not _could_be_a_number(code)
)


@settings(max_examples=300)
@given(st.uuids(), st.sampled_from(KEPT))
def test_a_uuid_stays_whole_however_it_is_written(uuid: UUID, letter: str) -> None:
    for written in (str(uuid), str(uuid).upper(), f"{{{uuid}}}", f"laporan_{uuid}"):
        assert mask_identifiers(f"{letter} {written}") == f"{letter} {written}"


@settings(max_examples=500)
@given(hexadecimal)
def test_a_hexadecimal_code_of_any_length_stays_whole(code: str) -> None:
    assert mask_identifiers(f"Kode {code} di layar") == f"Kode {code} di layar"


STUBBORN = [
    "0 ",
    "08",
    "1.",
    "a",
    "a@",
    "rek ",
    "B 1 ",
    "B 123 ABC",
    "36 ",
    "(0",
    "+ 8",
    "-",
    "rp 1.",
    "B 1234 XYZ0",
    "a1",
    "1a2b-",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", STUBBORN)
def test_the_time_taken_grows_with_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        letter = (piece * length)[:length]
        runs = []
        for _ in range(4):
            start = time.process_time()
            mask_identifiers(letter)
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(20_000) < 12 * seconds(5_000) + 0.02  # a quadratic pattern takes 16 times as long
