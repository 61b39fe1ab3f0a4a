"""Complaints that the desk reads: one by one, on its board, and those it takes in for others."""

from __future__ import annotations
from datetime import timedelta

from tests.pictures.given import phone_photo
from tests.recorded.letters import (
    DESK,
    EXTORTION,
    FIRE,
    HOLE,
    LAMP,
    OF_THE_DESK,
    POWER,
    STREET,
    THANKS,
    TRASH,
    TREE,
    VAGUE,
    mailbox,
    reader,
)
from tests.recorded.lives_office import DISHUB, DLH, given
from tests.recorded.town import Town, hidden

INSPECTORATE = mailbox("INSPEKTORAT")


def assigned_by_hand(town: Town) -> None:
    """What Laksa is unsure of: opened, refused, assigned, and the same again."""
    ticket, desk = given(town, VAGUE.format(n=21), DESK, phone_photo(21), email=reader(21), visibility="public")
    town.both(ticket.path, desk)
    town.photo(f"{desk}/foto/1")
    town.press(desk, "assign", to="NASA", status=422)
    town.press(desk, "dance", status=422)
    town.press(desk, "assign", to="DLH", message="Sepertinya soal sampah.")
    town.act(desk, "assign", to="DLH", message="Sepertinya soal sampah.")
    town.both(ticket.path, desk, town.mail(DLH, ticket.number).link)


def archived(town: Town) -> None:
    """Archived with a reason; the citizen objects and it is read again."""
    ticket, desk = given(town, VAGUE.format(n=22), DESK, email=reader(22))
    town.act(desk, "reject", reason="bukan alasan", status=422)
    town.press(desk, "reject", reason="unclear", message="Sebutkan lokasinya.")
    town.both(ticket.path, desk)
    town.press(ticket.path, "dispute", message="Di depan Pasar Anyar.")
    desk = town.mail(DESK, ticket.number).link
    town.both(ticket.path, desk)
    town.act(desk, "reject", reason="abusive")
    thanks, desk = given(town, THANKS.format(n=10), DESK, email=reader(23))
    town.act(desk, "reject", reason="thanks")
    town.both(thanks.path)


def outside_the_city(town: Town) -> None:
    """By Laksa itself, and by an operator."""
    ticket = town.submit(POWER.format(n=24), email=reader(24), visibility="public")
    town.both(ticket.path)
    town.act(ticket.path, "dispute", message="Yang padam lampu jalan, bukan rumah.")
    other, desk = given(town, VAGUE.format(n=25), DESK, email=reader(25))
    town.press(desk, "external", to="", status=422)
    town.press(desk, "external", to="PLN", message="Silakan hubungi 123.")
    town.both(other.path, desk)


def merged(town: Town) -> None:
    """One case for many: news for those who follow, an objection that stands alone, a parent that is withdrawn."""
    parent, link = given(town, TRASH.format(n=26), DLH, email=reader(26), visibility="public", **STREET)
    followers = []
    for number in (27, 28, 29):
        ticket, desk = given(town, VAGUE.format(n=number), DESK, email=reader(number))
        town.act(desk, "merge", into="LKS-0000-0000-0", status=422)
        town.press(desk, "merge", into=parent.number, message="Tumpukan yang sama.")
        town.both(ticket.path, desk)
        followers.append(ticket)
    held, desk = given(town, VAGUE.format(n=20), DESK, email=reader(20))
    town.act(desk, "assign", to="DISHUB")
    town.act(desk, "merge", into=parent.number, message="Ternyata sama.")
    town.both(held.path, desk)
    town.act(link, "acknowledge")
    town.act(link, "ask", message="Masih berapa banyak?")
    town.act(parent.path, "add", message="Kira-kira dua truk.")
    town.act(link, "progress", message="Truk kami datang besok pagi.")
    town.both(followers[0].path, parent.path, link)
    town.act(link, "answer", phone_photo(26), message="Sudah kami angkut semua.")
    town.both(followers[0].path, followers[1].path)
    town.press(followers[0].path, "dispute", message="Di depan rumah saya belum.")
    town.act(followers[1].path, "withdraw", message="Sudah saya urus.")
    town.act(parent.path, "dispute", message="Sisanya masih ada.")
    town.act(parent.path, "withdraw", message="Saya pindah rumah.")
    town.both(*(follower.path for follower in followers), parent.path, link)


def followed(town: Town) -> None:
    """Somebody sees, before sending, that it has been reported, and follows that."""
    place = {"visibility": "public", **STREET}
    parent, link = given(town, LAMP.format(n=30), DISHUB, email=reader(30), **place)
    form = town.look("/")
    sent = {"message": LAMP.format(n=31), "email": reader(31), "form_token": hidden(form, "form_token")}
    asked = {**sent, **STREET, "similar": "ask", "visibility": "confidential"}
    page = town.ask("POST", "/", accept="text/html", step="similar", data=asked).get_data(as_text=True)
    assert parent.number in page
    again = {**asked, "similar": "seen", "follow": parent.number, "form_token": hidden(page, "form_token")}
    answer = town.ask("POST", "/", accept="text/html", step="follow", data=again)
    town.both(answer.headers["Location"], link)
    town.act(link, "schedule", date="2026-07-09", message="Kamis pagi.")
    town.both(answer.headers["Location"])


def restricted(town: Town) -> None:
    """Who accuses an office is read by the inspectors alone; who accuses the desk, not by the desk either."""
    ticket, link = given(town, EXTORTION.format(n=32), INSPECTORATE, email=reader(32), contact="yes")
    town.both(ticket.path, link)
    town.act(link, "forward", to="KEC-PINANG", message="Kecamatannya.", status=422)
    town.act(link, "forward", to="BKPSDM", message="Soal kepegawaian.")
    town.both(ticket.path, link)
    own, link = given(town, OF_THE_DESK.format(n=33), INSPECTORATE, email=reader(33))
    town.both(own.path, link)
    town.act(link, "not-ours", message="Bukan tugas kami.", status=422)
    town.act(link, "answer", message="Tidak cukup bukti.", outcome="not_done")
    town.act(own.path, "dispute", message="Ada buktinya.")
    town.both(own.path, link)


def in_danger(town: Town) -> None:
    """Danger: the desk phones; hours count, around the clock, up to the mayor."""
    ticket = town.submit(FIRE.format(n=34), email=reader(34), phone="0812-0000-0034", **STREET)
    desk = town.mail(DESK, ticket.number).link
    town.both(ticket.path, desk)
    town.press(desk, "called", message="Piket sudah tahu, berangkat.")
    link = town.mail(mailbox("BPBD"), ticket.number).link
    town.act(link, "acknowledge", officer="Piket")
    town.both(ticket.path, link, desk)
    late = town.submit(TREE.format(n=35), email=reader(35))
    town.both(late.path)
    town.clock_to(town.clock.now() + timedelta(hours=5))
    town.both(late.path)


def on_the_board(town: Town) -> None:
    """A morning: many rows, one form; one is taken back, one is phoned about."""
    tickets = [town.submit(VAGUE.format(n=n), email=reader(n)) for n in range(36, 41)]
    town.clock_to(town.clock.now().replace(hour=1) + timedelta(days=1))
    board = town.board()
    town.both(board)
    first, second, third = (f"to.{ticket.number}" for ticket in tickets[:3])
    town.press(board, "assign", status=422)
    town.press(board, "assign", status=200, **{first: "DLH", second: "PUPR", third: "DISHUB"})
    town.press(board, "edit", status=200, **{first: "DLH"})
    town.press(board, "confirm", **{first: "DLH", second: "PUPR", third: "DISHUB"})
    town.both(board, *(ticket.path for ticket in tickets[:3]))
    undo = {sent["ticket"]: sent["undo"] for sent in town.page(board)["recent"]}
    town.press(board, "undo", case=undo[tickets[0].number])
    town.act(board, "undo", case=undo[tickets[0].number])
    town.act(board, "confirm", status=409, **{second: "DLH"})
    town.both(board, tickets[0].path)
    town.clock_to(town.clock.now() + timedelta(minutes=16))
    town.press(board, "undo", case=undo[tickets[1].number], status=409)
    town.both(board, tickets[1].path)
    town.act(board, "renew")
    town.both(board.replace("/papan/", "/meja/"))


def taken_in_for_others(town: Town) -> None:
    """At the counter, by phone, by letter with a number of its own."""
    board = town.board()
    form = hidden(town.look(f"{board}/baru"), "form_token")
    counter = {"channel": "counter", "name": "Tuan Contoh", "email": reader(41), "form_token": form, **STREET}
    sent = {"message": LAMP.format(n=41), **counter}
    answer = town.ask("POST", f"{board}/baru", accept="text/html", step="counter", data=sent)
    town.both(answer.headers["Location"])
    letter = {"channel": "letter", "external_ref": "005/RW/2026", "received_at": "2026-06-30T09:00:00+07:00"}
    for message in (HOLE.format(n=42), HOLE.format(n=42), HOLE.format(n=43)):
        town.ask("POST", f"{board}/baru", step="letter", json={"message": message, **letter})
    phone = {"channel": "phone", "phone": "0812-0000-0044", "message": TRASH.format(n=44)}
    town.ask("POST", f"{board}/baru", step="phone", json=phone)
    town.ask("POST", f"{board}/baru", step="wrong", json={"message": "x", "channel": "burung"})
    town.both(f"{board}/tabel")
    town.ask("GET", f"{board}/rekap.csv")


def phoned(town: Town) -> None:
    """Who left only a number is told by the desk, which may reach nobody."""
    ticket, link = given(town, LAMP.format(n=45), DISHUB, phone="0812-0000-0045")
    town.act(link, "progress", message="Kami berangkat besok.")
    board = town.board()
    town.both(board)
    task = next(task for task in town.page(board)["tell"] if task["ticket"] == ticket.number)["task"]
    town.press(board, "told", task=task)
    town.act(link, "answer", message="Sudah menyala.")
    task = next(task for task in town.page(board)["tell"] if task["ticket"] == ticket.number)["task"]
    town.press(board, "no-answer", task=task)
    town.both(board, ticket.path, link)
    town.ask("POST", "/laporan", step="lost", data={"ticket": ticket.number, "phone": "0812 0000 0045"})
    town.both(board)


ALL = (
    assigned_by_hand,
    archived,
    outside_the_city,
    merged,
    followed,
    restricted,
    in_danger,
    on_the_board,
    taken_in_for_others,
    phoned,
)
