"""Money and abused power: past the accused office to the Inspektorat, and nobody else is accused by mistake."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE, decided, judge_that_says, with_rows
from workflows.routing.learned.classifier import Classifier

ACCUSED = [
    ("Petugas Dishub minta uang 100 ribu waktu uji KIR", "DISHUB"),
    ("oknum dishub malak sopir angkot tiap pagi", "DISHUB"),
    ("Ketua RT minta uang 50 ribu buat surat pengantar", "KEC"),
    ("Staf kelurahan minta uang supaya KTP cepat jadi", "KEC"),
    ("dikenakan biaya 150rb sama rt utk urus surat domisili", "KEC"),
    ("Bansos saya dipotong 100 ribu oleh RT", "KEC"),
    ("Satpol PP minta setoran mingguan ke lapak kami", "SATPOLPP"),
    ("Petugas puskesmas minta uang padahal gratis", "DINKES"),
    ("Pegawai Dukcapil terima suap biar antrean didahulukan", "DISDUKCAPIL"),
    ("Petugas makam memeras keluarga yang berduka", "PERKIM"),
    ("Petugas PDAM minta uang rokok waktu pasang meteran", "PDAM"),
    ("Perawat RSUD minta uang agar dapat kamar", "RSUD"),
    ("Petugas pajak di Bapenda minta amplop", "BAPENDA"),
    ("pegawai ptsp pungli buat nib", "DPMPTSP"),
    ("Kepala sekolah minta uang, masuk kantong pribadi", "DISDIK"),
    ("Jual beli kursi oleh panitia PPDB di SMP", "DISDIK"),
    ("Lurah korupsi dana kegiatan", "KEC"),
]


@pytest.mark.parametrize(("text", "accuses"), ACCUSED)
def test_an_accusation_goes_to_the_inspektorat_and_keeps_the_accused_out(text: str, accuses: str) -> None:
    decision = decided(text)
    named = {decision.opd, *decision.also, *(code for code, _ in decision.top)}
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", accuses, True)
    assert decision.category == "pungli"
    assert accuses not in named
    assert not any(code.startswith("KEC") for code in named)


def test_nobody_is_copied_in_and_no_superior_is_suggested() -> None:
    for text, _ in ACCUSED:
        decision = decided(text)
        assert decision.also == ()
        assert "SETDA" not in dict(decision.top)
    assert "DINKES" not in dict(decided("Perawat RSUD minta uang agar dapat kamar").top)


@pytest.mark.parametrize(
    ("place", "kelurahan", "accuses"),
    [
        ("Kelurahan Sudimara Pinang", None, "KEC-PINANG"),
        ("", "36.71.06.1003", "KEC-CILEDUG"),
        ("Kec. Karang Tengah", None, "KEC-KARANGTENGAH"),
    ],
)
def test_the_accused_kecamatan_is_named_where_the_place_is_known(
    place: str, kelurahan: str | None, accuses: str
) -> None:
    decision = decided("RT dan kelurahan minta uang untuk surat nikah", place, kelurahan)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert accuses not in {decision.opd, *decision.also, *(code for code, _ in decision.top)}


def test_the_inspektorat_itself_is_never_its_own_judge() -> None:
    decision = decided("Auditor Inspektorat terima suap dari kontraktor")
    assert (decision.opd, decision.accuses, decision.confident) == ("EXTERNAL", "INSPEKTORAT", False)
    assert "INSPEKTORAT" not in {*decision.also, *(code for code, _ in decision.top)}


def test_extortion_by_nobody_in_particular_is_restricted_and_at_the_desk() -> None:
    decision = decided("Banyak pungli di sini")
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", None, False)
    assert decision.restricted


@pytest.mark.parametrize(
    ("text", "opd", "also"),
    [
        ("Komite sekolah minta uang wisuda 300 ribu", "DISDIK", "INSPEKTORAT"),
        ("SDN minta sumbangan gedung ke wali murid", "DISDIK", "INSPEKTORAT"),
        ("Ketua RT minta iuran agustusan 100 ribu", "KEC", "INSPEKTORAT"),
        ("Pak RW didenda kalau tidak ikut ronda, iuran naik", "KEC", "INSPEKTORAT"),
        ("Preman minta uang ke pedagang tiap hari", "SATPOLPP", "EXTERNAL"),
        ("anggota ormas malak warung, minta jatah keamanan", "SATPOLPP", "EXTERNAL"),
        ("Tukang parkir liar maksa minta uang 10 ribu", "DISHUB", "SATPOLPP"),
        ("Apakah kalian disuap? Jalan rusak dibiarkan bertahun-tahun", "PUPR", "INSPEKTORAT"),
        ("Jalan rusak tidak diperbaiki. Apakah sudah disuap kontraktornya?", "PUPR", "INSPEKTORAT"),
        ("Bansos pilih kasih, kerabat RT saja yang dapat", "DINSOS", "INSPEKTORAT"),
    ],
)
def test_what_only_sounds_like_it_stays_with_its_own_office(text: str, opd: str, also: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)
    assert also in decision.also


@pytest.mark.parametrize(
    ("text", "opd"),
    [
        ("Apakah urus KTP dipungut biaya?", "DISDUKCAPIL"),
        ("Berapa biaya surat keterangan sehat di puskesmas?", "DINKES"),
        ("Pelayanan puskesmas bebas pungli tapi antre lama", "DINKES"),
        ("Tarif parkir di tepi jalan berapa, karcis tidak ada", "DISHUB"),
        ("Gaji karyawan dipotong perusahaan tanpa alasan", "DISNAKER"),
        ("Polisi minta uang tilang di jalan", "EXTERNAL"),
        ("Calo kerja minta uang 5 juta untuk masuk pabrik", "DISNAKER"),
        ("Petugas puskesmas judes dan lambat", "DINKES"),
        ("Pohon dipotong petugas taman tapi rantingnya ditinggal", "DISBUDPAR"),
        ("PJU padam, penggelapan jalan ini bikin takut", "DISHUB"),
    ],
)
def test_fees_questions_and_other_peoples_money_accuse_no_official(text: str, opd: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)


def test_words_of_suspicion_without_an_accused_are_read_by_an_operator() -> None:
    decision = decided("Jalan rusak terus, dananya pasti kongkalikong")
    assert (decision.opd, decision.accuses, decision.confident) == ("PUPR", None, False)


def test_an_unsure_accusation_leaves_the_matters_own_office_as_a_choice() -> None:
    decision = decided("Sampah tidak diangkut, ini sudah banyak pungli")
    assert not decision.confident
    assert {"DLH", "INSPEKTORAT"} <= {decision.opd, *decision.also, *dict(decision.top)}


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Dinas Pendidikan jual kursi SPMB SMP negeri",
        "kepala dinas PUPR main proyek dengan kontraktor, jalan jadi cepat rusak",
        "The head of Dinas Perhubungan takes bribes from bus owners at the terminal",
        "Wali Kota menerima suap dari pengembang perumahan di Cipondoh",
        "lurah Cikokol bawa lari dana bantuan warga",
    ],
)
def test_an_accusation_in_other_words_is_restricted_and_reaches_no_office(text: str) -> None:
    decision = decided(text)
    assert decision.restricted
    assert not decision.confident or decision.opd in ("INSPEKTORAT", "EXTERNAL")


def test_who_says_that_nobody_asked_for_money_accuses_nobody() -> None:
    assert decided("Jalan berlubang di Cipondoh, tidak ada petugas yang minta uang").opd == "PUPR"


OF_A_SCHOOL = [
    "Kepala SDN Cikokol minta uang 5 juta supaya anak saya diterima di sekolah",
    "Kepala SMPN 5 menerima suap",
    "Kepala SDN Cikokol korupsi",
    "Kepsek SMPN 9 korupsi dana BOS dua tahun berturut-turut",
    "Kepala SMPN 12 mark up dana BOS",
    "Bendahara SMPN 21 menggelapkan uang tabungan siswa",
    "Bendahara SDN Cikokol korupsi dana BOS dan Disdik menutupi",
    "Guru di SDN Poris 3 terima suap biar nilai rapor naik",
    "SDN Gerendeng menggelapkan dana bantuan siswa",
    "The principal of a public school embezzled the school fund",
]


@pytest.mark.parametrize("text", OF_A_SCHOOL)
@pytest.mark.parametrize("judge", [TABLE.judge, judge_that_says(DISDIK=9.0)], ids=["shipped", "hostile"])
def test_a_school_s_own_people_are_accused_whatever_the_weights_say(text: str, judge: Classifier) -> None:
    decision = decided(text, table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", "DISDIK", True)


ITS_OWN_PEOPLE = [
    ("Guru SDN minta parsel", "DISDIK"),
    ("Gratifikasi: tiap tunjangan cair ada pesan untuk ibu kepala sekolah, jam dipotong di SD negeri", "DISDIK"),
    ("Guru kelas anak saya minta uang 200 ribu per murid", "DISDIK"),
    ("Kepala sekolah pungli 150 ribu tiap siswa", "DISDIK"),
    ("Banyak pungli di sekolah anak saya", "DISDIK"),
    ("Ada pungli parkir di terminal", "DISHUB"),
    ("Pungli parkir di Pasar Lama tiap malam minggu", "DISHUB"),
    ("orang dishub ikut pungli parkir tiap malam", "DISHUB"),
    ("Pedagang kasih parsel ke petugas Satpol PP tiap lebaran", "SATPOLPP"),
    ("preman dan petugas Satpol PP minta setoran ke lapak kami", "SATPOLPP"),
    ("pabrik di Jatiuwung kasih amplop tiap bulan ke petugas DLH", "DLH"),
    ("Petugas DLH minta rokok kalau angkut sampah", "DLH"),
    ("Kata pegawai Dukcapil seikhlasnya saja, yang penting ada", "DISDUKCAPIL"),
    ("Apakah petugas Dishub disuap bus yang ngetem?", "DISHUB"),
    ("Petugas PDAM dikasih tip baru mau pasang", "PDAM"),
]


@pytest.mark.parametrize(("text", "office"), ITS_OWN_PEOPLE)
def test_no_weight_sends_an_office_what_its_own_people_may_have_done(text: str, office: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says("complaint", **{office: 9.0})))
    assert not decision.confident or decision.opd == "INSPEKTORAT"


IN_OTHER_WORDS = [
    ("Pungli parkir oleh petugas Dishub di Pasar Lama", "DISHUB"),
    ("Petugas Dishub pungli parkir di stadion", "DISHUB"),
    ("Petugas DLH minta upeti dari pabrik limbah", "DLH"),
    ("sudah kasih upeti ke orang DLH", "DLH"),
    ("Petugas DLH minta salam tempel", "DLH"),
    ("Mantri pasar Perumda Pasar Anyar minta salam tempel untuk kios", "PDPASAR"),
    ("Petugas Bapenda: bisa dibantu pak, tinggal wani piro", "BAPENDA"),
    ("Petugas PDAM: meteran saya dimajukan kalau tidak bayar di bawah meja", "PDAM"),
    ("kalau mau cepat di Dukcapil harus ada 'ongkos'", "DISDUKCAPIL"),
    ("I was asked for 'cigarette money' by the traffic officers of Dishub", "DISHUB"),
    ("Petugas terminal Poris minta setoran ke sopir bus", "DISHUB"),
    ("Petugas Satpol PP minta japrem ke pedagang", "SATPOLPP"),
    ("Warung miras itu dibekingi anggota Satpol PP", "SATPOLPP"),
    ("Oknum Satpol PP minta uang damai supaya lapak tidak diangkut", "SATPOLPP"),
    ("Petugas pajak minta jatah bulanan dari restoran saya", "BAPENDA"),
    ("pegawai DPMPTSP minta uang pelancar supaya izin keluar", "DPMPTSP"),
    ("Kadis PUPR minta fee proyek 15 persen", "PUPR"),
    ("Kabid Perkim main proyek rumah bedah", "PERKIM"),
    ("Kuncen makam TPU Selapajang minta uang 3 juta", "PERKIM"),
    ("Pendamping PKH nyunat bantuan 50 ribu tiap orang", "DINSOS"),
    ("Pegawai Disnaker minta persenan dari uang pelatihan", "DISNAKER"),
    ("Petugas Dukcapil njaluk duit 100 ewu", "DISDUKCAPIL"),
    ("Pegawai kelurahan menta duit keur surat pindah", "KEC"),
    ("Lurah minta gopek buat tanda tangan", "KEC"),
    ("Ketua RT malakin warga yang urus KTP", "KEC"),
    ("kepala pasar minta titip amplop untuk kios", "PDPASAR"),
    ("Kepala BKPSDM jual beli jabatan", "BKPSDM"),
    ("The village office staff asked for money to sign my letter", "KEC"),
    ("Dishub officers demanded cash from truck drivers", "DISHUB"),
    ("Satpol PP collects protection money from street vendors every week", "SATPOLPP"),
    ("The head of Dinas PUPR takes kickbacks from contractors", "PUPR"),
]


@pytest.mark.parametrize(("text", "accuses"), IN_OTHER_WORDS)
def test_people_have_many_words_for_a_bribe(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert {accuses, "SETDA"} <= set(decision.kept_out)
    assert accuses not in {decision.opd, *decision.also, *(code for code, _ in decision.top)}


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("Petugas Dishub Tangsel minta pungli", "EXT-TANGSEL"),
        ("Oknum Dishub Kota Tangerang Selatan minta uang di Ciputat", "EXT-TANGSEL"),
        ("Petugas Dishub Kabupaten Tangerang pungli", "EXT-PEMKAB"),
        ("Dinas Pendidikan Kab. Tangerang korupsi dana BOS", "EXT-PEMKAB"),
        ("Pegawai kelurahan di Serpong Tangsel minta uang", "EXT-TANGSEL"),
        ("Lurah di Pamulang minta amplop untuk surat waris", "EXT-TANGSEL"),
        ("Kepala SDN Serpong 2 korupsi", "EXT-TANGSEL"),
        ("Petugas puskesmas Cikupa minta uang", "EXT-PEMKAB"),
    ],
)
def test_another_government_s_people_are_that_government_s(text: str, government: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.external, decision.accuses) == ("EXTERNAL", government, None)


def test_the_citys_own_office_is_meant_where_the_city_is_named() -> None:
    for text in (
        "Petugas Dishub Kota Tangerang minta uang 50 ribu",
        "Di daerah Serpong saya distop petugas Dishub dan minta uang",
    ):
        assert (decided(text).opd, decided(text).accuses) == ("INSPEKTORAT", "DISHUB")


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih petugas Dishub yang tidak minta pungli sama sekali",
        "Terima kasih petugas Dukcapil, tidak minta uang sepeser pun",
        "Petugas Satpol PP ramah dan menolak diberi uang rokok",
        "Pelayanan puskesmas bagus, tanpa pungli tanpa amplop",
        "Mantap Dishub, uji KIR sekarang tanpa suap",
        "Staff at the civil registry were kind, no bribes at all",
    ],
)
def test_who_thanks_for_not_being_asked_accuses_nobody(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.kept_out, decision.restricted) == (None, (), False)
    assert decision.opd != "INSPEKTORAT"


@pytest.mark.parametrize(
    ("text", "opd"),
    [
        ("bagaimana cara setor retribusi pasar", "PDPASAR"),
        ("Guru SDN galak dan suka membentak", "DISDIK"),
        ("Ongkos angkot naik tidak sesuai tarif, sopir ugal-ugalan", "DISHUB"),
        ("Petugas makam belum menggali kubur", "PERKIM"),
        ("Juru parkir liar menarik pungutan liar di depan warung", "DISHUB"),
        ("Tolong tempel stiker larangan parkir di depan sekolah", "DISHUB"),
        ("kapan saya bisa diperiksa dokter puskesmas", "DINKES"),
        ("lampu jalan mati, petugas Dishub tidak datang datang", "DISHUB"),
    ],
)
def test_words_that_only_sound_like_a_bribe_accuse_nobody(text: str, opd: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == (opd, None, False)
