"""What citizens do beside a department's work: lost links, mails, their own data, taking it back."""

from __future__ import annotations
import re

from tests.inbound.samples import raw_bounce, reply
from tests.recorded.letters import LAMP, NAME, TRASH, VAGUE, mailbox, reader
from tests.recorded.lives_office import DISHUB, DLH, given
from tests.recorded.town import CaughtMail, Town


def withdrawn(town: Town) -> None:
    """Added to and taken back, in every state that allows it."""
    ticket, link = given(town, LAMP.format(n=51), DISHUB, email=reader(51))
    town.press(ticket.path, "add", message="Tiangnya nomor 14.")
    town.act(ticket.path, "add", message="Tiangnya nomor 14.")
    town.act(ticket.path, "rate", score="9", status=422)
    town.act(ticket.path, "confirm", status=409)
    town.press(ticket.path, "withdraw", message="Sudah menyala sendiri.")
    town.both(ticket.path, link)
    waiting = town.submit(VAGUE.format(n=52), email=reader(52))
    town.act(waiting.path, "withdraw")
    town.both(waiting.path)


def lost(town: Town) -> None:
    """The link by contact and by code; wrong ones are answered alike."""
    ticket, _ = given(town, LAMP.format(n=53), DISHUB, email=reader(53))
    town.look("/laporan")
    town.look("/laporan?lang=en")
    typed = {"ticket": ticket.number, "email": reader(53)}
    town.ask("POST", "/laporan", accept="text/html", step="lost", data=typed)
    town.ask("POST", "/laporan", step="lost", json=typed)
    town.ask("POST", "/laporan", step="wrong", data=typed | {"email": reader(54)})
    town.ask("POST", "/laporan", step="empty", accept="text/html", data={"ticket": ""})
    found = re.search(r'<b class="code spoken"[^>]*>([^<]+)</b>', town.look(ticket.path))
    assert found
    town.ask("POST", "/laporan", step="code", data={"ticket": ticket.number, "code": found.group(1)})
    town.ask("POST", "/laporan", step="code", data={"ticket": ticket.number, "code": "0000 0000 0000 0000"})
    wrong = ("/opd/x", "/meja/x", "/papan/x", "/kasus/x")
    town.both(ticket.path[:-4] + "xxx0", f"/laporan/{ticket.number}", *wrong)
    town.ask("PUT", ticket.path)
    town.ask("HEAD", ticket.path)
    town.both("/tidak-ada", "/sehat", "/robots.txt")


def answer_to(mail: CaughtMail, words: str, number: int) -> bytes:
    """What a mail program sends when somebody answers that mail."""
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    text = f"{words}\n\nPada Sen, 6 Jul 2026 pukul 10.12 Laksa <laksa@laksa.example> menulis:\n\n{quoted}\n"
    own = mail.headers["message-id"].strip("<>").replace("@", f".{number}@mail.")
    return reply(text, mail.headers["reply-to"], Message_ID=f"<re.{own}>").as_bytes()


def by_mail(town: Town) -> None:
    """A citizen adds, an officer's reply becomes a draft, a machine's becomes nothing, a mail comes back."""
    ticket, _ = given(town, LAMP.format(n=55), DISHUB, email=reader(55))
    receipt, letter = town.mail(reader(55), ticket.number), town.mail(DISHUB, ticket.number)
    town.mail_in(answer_to(receipt, "Tiangnya di depan masjid.", 1))
    town.mail_in(answer_to(receipt, "Tiangnya di depan masjid.", 1))
    town.mail_in(answer_to(letter, "Sudah kami ganti pagi ini.", 1))
    town.mail_in(answer_to(letter, "Maaf, baru besok kami ganti.", 2))
    ready = town.mail(DISHUB, ticket.number, "setujui").link
    town.both(ticket.path, ready, letter.link)
    headers = {"Auto_Submitted": "auto-replied", "Message_ID": "<c@x.example>"}
    automatic = reply("Saya cuti.", letter.headers["reply-to"], **headers)
    town.mail_in(automatic.as_bytes())
    town.ask("POST", "/surat-masuk", step="forged", data=b"x", headers={"Authorization": "Bearer salah"})
    back = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
    town.mail_in(back.replace(b"4Rz1Qk3Aa1", b"4Rz1Qk3Aa2"))
    town.both(ticket.path, letter.link)
    own = raw_bounce("postfix.eml", receipt.headers["return-path"].strip("<>"))
    town.mail_in(own.replace(b"4Rz1Qk3Aa1", b"4Rz1Qk3Aa3"))
    stranger = reply("Tolong lampu di jalan kami.", "laksa@laksa.example", Message_ID="<d@x.example>")
    town.mail_in(stranger.as_bytes())
    town.mail_in(answer_to(receipt, "Ini balasan tanpa kunci.", 9).replace(b"balas+", b"balas+x"))
    town.both(ticket.path)


def mailed_too_late(town: Town) -> None:
    """Replies that cannot be kept: of an office that no longer has it, empty, or about what is over."""
    ticket, link = given(town, LAMP.format(n=54), DISHUB, email=reader(54))
    letter = town.mail(DISHUB, ticket.number)
    town.mail_in(answer_to(letter, "", 5))
    town.act(link, "forward", to="PUPR", message="Lampu proyek.")
    town.mail_in(answer_to(letter, "Sudah kami ganti.", 6))
    closed, link = given(town, TRASH.format(n=53), DLH, email=reader(53))
    town.act(link, "answer", message="Sudah diangkut.")
    town.act(closed.path, "confirm")
    town.mail_in(answer_to(town.mail(DLH, closed.number), "Sudah kami angkut lagi.", 7))
    town.mail_in(answer_to(town.mail(reader(53), closed.number), "Terima kasih.", 8))
    town.both(ticket.path, closed.path, link)


def unit_by_mail(town: Town) -> None:
    """A unit that replies by mail drafts; its mailbox fails."""
    ticket, link = given(town, LAMP.format(n=56), DISHUB, email=reader(56))
    town.act(link, "delegate", to="DISHUB-PJU")
    letter = town.mail(mailbox("DISHUB-PJU"), ticket.number)
    town.mail_in(answer_to(letter, "Kabel putus, kami sambung besok.", 3))
    back = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
    town.mail_in(back.replace(b"4Rz1Qk3Aa1", b"4Rz1Qk3Aa4"))
    town.both(ticket.path, link, letter.link)
    town.act(link, "ask", message="Nomor tiang berapa?")
    asked = town.mail(reader(56), ticket.number)
    town.mail_in(answer_to(asked, "Tiang nomor sembilan.", 4))
    town.both(ticket.path, link)


def own_data(town: Town) -> None:
    """A copy, a correction and an erasure of one's data, answered by the desk."""
    ticket, link = given(town, TRASH.format(n=57), DLH, email=reader(57), name=NAME, phone="0812-0000-0057")
    town.act(ticket.path, "data", kind="x", message="Salah.", status=422)
    town.press(ticket.path, "data", kind="copy", message="Mohon salinannya.")
    town.act(ticket.path, "data", kind="correction", message=f"Nama saya bukan {NAME}.")
    town.act(ticket.path, "data", kind="erasure")
    town.both(ticket.path, link)
    board = town.board()
    town.both(board)
    for asked in town.page(board)["data_requests"]:
        fields = {"request": str(asked["request"]), "seen": str(asked.get("seen", ""))}
        town.press(board, "data_done", result="done", message="Sudah kami kerjakan.", **fields)
    town.both(board, ticket.path)


def fast_and_foolish(town: Town) -> None:
    """What looks like a machine's waits at the desk unanswered; what is no photo is left out."""
    trap = town.submit(VAGUE.format(n=58), email=reader(58), website="http://toko.example")
    town.both(trap.path)
    odd = town.submit(LAMP.format(n=59), b"bukan foto", email=reader(59))
    town.both(odd.path)
    form = town.look("/")
    assert form
    town.ask("POST", "/", accept="text/html", step="bad", data={"message": "?", "email": "x", "phone": "y"})
    town.ask("POST", "/", accept="text/html", step="old form", data={"message": VAGUE, "form_token": "x"})


ALL = (withdrawn, lost, by_mail, mailed_too_late, unit_by_mail, own_data, fast_and_foolish)
