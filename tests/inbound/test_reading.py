"""A raw mail becomes what it says: a person's words and files, or what tells that no person wrote it."""

from __future__ import annotations
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inbound.growth import MOST_SECONDS, grows_too_fast, seconds
from tests.inbound.samples import BOUNCE_TO, DOMAIN, JPEG, KEY, REPLY_TO, WORDS, raw_bounce, reply
from workflows.inbound.headers import headers_of
from workflows.inbound.reading import AUTO_REPLY, LOOP, REPLY, UNKNOWN, Head, Inbound, read_head, read_inbound

pytestmark = pytest.mark.slow

OTHER_KEY = KEY.replace("12-new", "13-new")


def read(message: EmailMessage | bytes) -> Inbound:
    return read_inbound(message if isinstance(message, bytes) else message.as_bytes(), DOMAIN)


def test_a_reply_is_read_with_words_sender_and_the_letter_it_answers() -> None:
    found = read(reply(f"{WORDS}\n\nPada Sen, 23 Nov 2026 pukul 14.05 Laksa <{REPLY_TO}> menulis:\n> Laporan\n"))
    assert (found.kind, found.keys, found.words) == (REPLY, (KEY,), WORDS)
    assert (found.sender, found.message_id, found.attachments) == ("Budi Santoso", "abc123@mail.opd.example", ())


@pytest.mark.parametrize(
    "header", ["Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "Resent-To"]
)
def test_the_letter_is_known_by_any_address_it_came_to_in_any_case(header: str) -> None:
    message = reply(to="laksa@laksa.example")
    message[header] = f"Laksa <{REPLY_TO.upper()}>"
    assert read(message).keys == (KEY,)


def test_of_several_addresses_each_key_is_told_once_in_order() -> None:
    both = f"{REPLY_TO}, balas+{OTHER_KEY}@{DOMAIN}, {REPLY_TO}"
    assert read(reply(to=both)).keys == (KEY, OTHER_KEY)


@pytest.mark.parametrize("to", ["a@laksa.example", "balas@laksa.example", "balas+x@laksa.example", f"balas{KEY}@x.y"])
def test_a_mail_to_no_letter_s_address_is_unknown_and_its_words_are_left(to: str) -> None:
    assert read(reply(to=to)) == Inbound(UNKNOWN, message_id="abc123@mail.opd.example")


def test_an_address_in_the_words_is_no_address_it_came_to() -> None:
    assert read(reply(f"Tulis ke {REPLY_TO}", to="laksa@laksa.example", Subject=REPLY_TO)).kind == UNKNOWN


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner=x"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "LKS"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Auto_Reply": "1"},
        {"List_Id": "<pegawai.opd.example>"},
        {"List_Unsubscribe": "<mailto:x@opd.example>"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@opd.example"},
        {"From": "No Reply <no-reply@opd.example>"},
        {"Subject": "Automatic reply: LKS-7K2M-Q9FD-4"},
        {"Subject": "Out of Office Re: LKS-7K2M-Q9FD-4"},
        {"Subject": "Balasan otomatis: LKS-7K2M-Q9FD-4"},
        {"Subject": "Jawaban Otomatis Re: LKS-7K2M-Q9FD-4"},
        {"Subject": "Saya sedang cuti"},
        {"Subject": "Sedang di luar kantor: LKS"},
        {"Subject": "Dinas luar sampai 30 November"},
        {"Subject": "Dibaca: LKS-7K2M-Q9FD-4"},
        {"Subject": "=?utf-8?q?Balasan_otomatis?="},
    ],
    ids=str,
)
def test_what_a_machine_wrote_is_an_auto_reply(headers: dict[str, str]) -> None:
    found = read(reply(**headers))
    assert (found.kind, found.keys, found.words) == (AUTO_REPLY, (KEY,), "")
    assert found.why


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"X_Autoreply": "no"},
        {"Precedence": "normal"},
        {"Return_Path": "<budi@opd.example>"},
        {"Subject": "Re: LKS-7K2M-Q9FD-4: petugas sedang cuti"},
        {"Subject": "Bls: LKS-7K2M-Q9FD-4: lampu otomatis"},
        {"Message_ID": f"<1234.JavaMail.zimbra@{DOMAIN}>"},
        {"Subject": ""},
    ],
    ids=str,
)
def test_what_only_looks_a_little_like_it_is_a_person_s(headers: dict[str, str]) -> None:
    assert (read(reply(**headers)).kind, read(reply(**headers)).words) == (REPLY, WORDS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Message_ID": f"<LKS-7K2M-Q9FD-4.12.new_case.department@{DOMAIN}>"},
        {"Message_ID": f"<table.2026-11-26.sekda@{DOMAIN.upper()}>"},
        {"List_Id": f"<laksa.{DOMAIN}>"},
    ],
    ids=str,
)
def test_our_own_letter_come_back_is_a_loop(headers: dict[str, str]) -> None:
    assert read(reply(**headers)).kind == LOOP


@pytest.mark.parametrize(("hops", "kind"), [(100, REPLY), (101, LOOP)])
def test_so_is_a_mail_that_has_been_on_its_way_for_ever(hops: int, kind: str) -> None:
    assert read(b"Received: from a by b\r\n" * hops + reply().as_bytes()).kind == kind


def test_a_mail_of_html_alone_is_read_as_text() -> None:
    message = reply()
    message.set_content(f"<p>{WORDS}</p><blockquote>surat kami</blockquote>", subtype="html")
    assert read(message).words == WORDS


def test_of_two_twins_the_plain_one_is_read_unless_it_is_blank() -> None:
    both, blank = reply(), reply(" \n")
    for message in (both, blank):
        message.add_alternative("<p>Dari HTML.</p>", subtype="html")
    assert (read(both).words, read(blank).words) == (WORDS, "Dari HTML.")


def test_words_above_and_below_a_picture_are_both_read() -> None:
    message = reply("Sebelum:")
    message.add_attachment(JPEG, "image", "jpeg", filename="lokasi.jpg", disposition="inline")
    message.attach(reply("Sesudah bersih."))
    message.get_payload()[2].replace_header("Content-Type", "text/plain")  # type: ignore[union-attr, index]
    found = read(message)
    assert found.words == "Sebelum:\n\nSesudah bersih."
    assert [file.name for file in found.attachments] == ["lokasi.jpg"]


def test_files_come_with_name_type_and_bytes() -> None:
    message = reply()
    message.add_attachment(JPEG, "image", "jpeg", filename="foto bersih.jpg")
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="../surat\ttugas.pdf")
    message.add_attachment(reply("lampiran"))
    message.add_attachment("catatan", filename="catatan.txt")
    files = read(message).attachments
    assert [(file.name, file.content_type) for file in files] == [
        ("foto bersih.jpg", "image/jpeg"),
        (".. surat tugas.pdf", "application/pdf"),
        ("email", "message/rfc822"),
        ("catatan.txt", "text/plain"),
    ]
    assert files[0].data == JPEG
    assert read(message).words == WORDS


def test_a_logo_and_a_seal_are_no_files_a_large_picture_is() -> None:
    message = reply()
    message.add_alternative('<img src="cid:logo"><img src="cid:foto">', subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]
    assert isinstance(html, EmailMessage)
    html.add_related(JPEG[:3000], "image", "png", cid="<logo>")
    html.add_related(JPEG, "image", "jpeg", cid="<foto>", filename="IMG_1.jpg")
    message.make_mixed()
    message.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    assert [file.name for file in read(message).attachments] == ["IMG_1.jpg"]


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("windows-1252", b"Sudah \x96 \x93beres\x94", "Sudah – “beres”"),
        ("x-tidak-ada", "Sudah – beres".encode(), "Sudah – beres"),
        ("utf-8", b"Sudah \xff beres", "Sudah  beres"),
        ("utf-16", "Sudah".encode("utf-16"), "Sudah"),
    ],
)
def test_words_are_read_in_their_charset_and_else_as_well_as_can_be(charset: str, body: bytes, words: str) -> None:
    head = f"To: {REPLY_TO}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n"
    assert read(head.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body).words == words


def test_a_mail_without_mime_is_plain_text() -> None:
    assert read(f"To: {REPLY_TO}\n\n{WORDS}\n".encode()).words == WORDS


@pytest.mark.parametrize(
    ("head", "id"),
    [
        (b"Message-ID: <a@b.example>\r\n\r\n", "a@b.example"),
        (b"message-id:\r\n <a@b.example>\r\n\r\nMessage-ID: <c@d>", "a@b.example"),
        (b"Subject: x\r\n\r\n", ""),
        (b"", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_the_message_id_is_found_without_reading_the_rest(head: bytes, id: str) -> None:
    assert read_head(head).message_id == id


def test_the_keys_are_found_without_reading_the_rest() -> None:
    assert read_head(reply(Cc=BOUNCE_TO).as_bytes()) == Head("abc123@mail.opd.example", (KEY,), (KEY,))


HOSTILE = [
    b"",
    b"\0" * 100,
    b"To: " + b"<" * 5000 + REPLY_TO.encode() + b"\n\nx",
    f"To: {REPLY_TO}\nContent-Type: multipart/mixed; boundary=\n\n--\n".encode(),
    f"To: {REPLY_TO}\nContent-Type: multipart/mixed\n\nx".encode(),
    f"To: {REPLY_TO}\nContent-Type: text/plain; charset*=utf-8''%ff%fe; name*0*=x\n\nx".encode(),
    f"To: {REPLY_TO}\nContent-Type: ;;;===\nContent-Disposition: attachment; filename*=''%\n\nx".encode(),
    f"To: {REPLY_TO}\nContent-Transfer-Encoding: base64\n\n!!!=".encode(),
    f"To: {REPLY_TO}\nFrom: =?utf-8?q?=ff?= <\nSubject: =?x?b?!!?=\n\nx".encode(),
    f"To: {REPLY_TO}\nContent-Type: message/rfc822\n\n".encode() * 50,
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500)),
    f"To: {REPLY_TO}\n".encode()
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900)),
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_mail_made_to_hurt_is_read_all_the_same(raw: bytes) -> None:
    assert read(raw).kind in (REPLY, UNKNOWN)


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_any_bytes_anywhere_in_a_mail_never_raise(bytes_: bytes, at: int) -> None:
    for raw in (reply().as_bytes(), raw_bounce("postfix.eml"), raw_bounce("exchange.eml")):
        read(raw[:at] + bytes_ + raw[at:])
        read_head(bytes_ + raw)


@pytest.mark.parametrize("header", [b"To: a\r\n", b"X-A: b\r\n", b"X-A:\r\n b\r\n"])
def test_the_time_grows_no_faster_than_the_headers(header: bytes) -> None:
    parse = BytesHeaderParser(EmailMessage, policy=policy.default).parsebytes
    assert not grows_too_fast(headers_of, lambda n: parse(header * n), 8000)


@pytest.mark.parametrize("header", [b"To: a\r\n" * 1001, b"To: a\n" * 1001, b"X: " + b"a" * 262_144 + b"\r\n"])
def test_more_headers_than_any_mail_has_are_not_read(header: bytes) -> None:
    raw = header + reply().as_bytes()
    assert read_head(raw) == Head()
    assert read(raw).kind == UNKNOWN


def test_a_long_text_and_many_words_in_it_are_no_headers() -> None:
    assert read(reply("Sudah: beres\n" * 40_000)).kind == REPLY


@pytest.mark.parametrize("kind", ["digest.2026-11-26.DLH", "list.DLH.202611261405", "table.2026-11-26.sekda"])
def test_a_morning_s_letter_come_back_is_a_loop(kind: str) -> None:
    assert read(reply(Message_ID=f"<{kind}@{DOMAIN}>")).kind == LOOP


def test_of_parts_without_end_the_first_hundred_are_read() -> None:
    levels = (b"--a\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % n + _hundred(n) for n in range(30))
    raw = f"To: {REPLY_TO}\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n".encode() + b"".join(levels)
    assert len(read(raw).attachments) == 100


def _hundred(n: int) -> bytes:
    part = b"--b%d\r\nContent-Disposition: attachment; filename=x.pdf\r\n\r\nx\r\n" % n
    return part * 100 + b"--b%d--\r\n" % n


def test_a_header_of_a_part_without_end_takes_no_time() -> None:
    raw = f"To: {REPLY_TO}\r\nContent-Type: text/plain; {'a=b;' * 20_000}\r\n\r\n{WORDS}".encode()
    assert read(raw).words == WORDS
    assert seconds(read, raw) < MOST_SECONDS
