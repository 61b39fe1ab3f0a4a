"""A mail's HTML as text: what a person reads, line by line, quotes marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inbound.growth import MOST_SECONDS, grows_too_fast, seconds
from workflows.inbound.parts import html_text, unflowed
from workflows.inbound.quote_stripping import own_words

pytestmark = pytest.mark.slow

LETTER = "<p>Laporan LKS-7K2M-Q9FD-4</p><p>Yth. petugas DLH,</p>"
GMAIL = (
    '<div dir="ltr">Sudah diangkut.<div><br></div><div>Besok dicek lagi.</div></div><br>'
    '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Pada Sen, 23 Nov 2026 pukul '
    '14.05 Laksa &lt;<a href="mailto:laksa@laksa.example">laksa@laksa.example</a>&gt; menulis:<br></div>'
    f'<blockquote class="gmail_quote" style="margin:0">{LETTER}</blockquote></div>'
)
OUTLOOK = (
    "<html><head><style>p.MsoNormal {margin:0}</style></head><body>"
    '<p class="MsoNormal">Sudah diangkut.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    '<p class="MsoNormal">Besok dicek lagi.</p><![if !supportLists]><hr><![endif]>'
    '<div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Dari:</b> Laksa &lt;l@x.example&gt;<br>'
    "<b>Dikirim:</b> Senin, 23 November 2026 14.05<br><b>Kepada:</b> dlh@x.example<br><b>Subjek:</b> LKS</p></div>"
    f"{LETTER}</body></html>"
)
OUTLOOK_WEB = (
    "<div>Sudah diangkut.</div><div><br></div><div>Besok dicek lagi.</div>"
    f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Dari: Laksa</div>{LETTER}'
)
APPLE = (
    "Sudah diangkut.<br><br>Besok dicek lagi.<br><br>"
    '<blockquote type="cite"><div>Pada 23 Nov 2026, pukul 14.05, Laksa menulis:</div></blockquote>'
    f'<blockquote type="cite">{LETTER}</blockquote>'
)
YAHOO = f'<div>Sudah diangkut.</div><br><div>Besok dicek lagi.</div><div id="y1" class="yahoo_quoted">{LETTER}</div>'


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, OUTLOOK_WEB, APPLE, YAHOO])
def test_of_every_mail_program_s_html_the_own_words_remain(html: str) -> None:
    lines = [line for line in own_words(html_text(html)).split("\n") if line]
    assert lines == ["Sudah diangkut.", "Besok dicek lagi."]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu</p><p>dua</p>", "Satu\n\ndua"),
        ('<p class="MsoNormal">Satu</p><p class="MsoNormal">dua</p>', "Satu\ndua"),
        ("satu<br>dua<br/><br>tiga", "satu\ndua\n\ntiga"),
        ("<div>satu</div><div>dua</div>", "satu\ndua"),
        ("  <b>satu</b>\n <i>dua</i>&nbsp;&amp; tiga ", "satu dua & tiga"),
        ("<ul><li>satu</li><li>dua</li></ul>", "- satu\n- dua"),
        ("<table><tr><td>satu</td></tr><tr><td>dua</td></tr></table>", "satu\ndua"),
        ("<head><title>x</title></head><style>y</style><script>z</script>satu", "satu"),
        ("<head><title>tak ditutup<body>satu", "satu"),
        ("<blockquote>satu<blockquote>dua</blockquote></blockquote>tiga", "> satu\n> > dua\ntiga"),
        ("</blockquote></div></p>satu", "satu"),
        ("satu <a href=http://x.example>dua</a> &#60;tiga&#62;", "satu dua <tiga>"),
        ("", ""),
    ],
)
def test_html_reads_as_a_person_sees_it(html: str, text: str) -> None:
    assert html_text(html) == text


@given(st.text(alphabet="<>/!-[]&;= abp\"'\n", max_size=200) | st.text(max_size=100))
def test_no_html_is_too_broken(html: str) -> None:
    html_text(html)


@pytest.mark.parametrize("hostile", ["<div>a", "<blockquote>a", "<div>", "<!--", "<![", "<a b='", "&#", "<p>a", "</"])
def test_hostile_html_costs_no_time(hostile: str) -> None:
    assert seconds(html_text, hostile * (100_000 // len(hostile))) < MOST_SECONDS


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("Sudah kami \nangkut \nhari ini.\nBesok lagi.", "Sudah kami angkut hari ini.\nBesok lagi."),
        ("> dari \n> surat\nbalas \nan", "> dari surat\nbalas an"),
        ("> satu \n>> dua \nsatu", "> satu \n>> dua \nsatu"),
        ("isi\n-- \nBudi", "isi\n-- \nBudi"),
        (" > bukan kutipan", "> bukan kutipan"),
        ("", ""),
    ],
)
def test_lines_broken_for_the_way_are_put_together(flowed: str, text: str) -> None:
    assert unflowed(flowed) == text


def test_where_the_blank_at_the_end_was_added_too_it_goes() -> None:
    assert unflowed("ang \nkut", delete_space=True) == "angkut"


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        ("<", "a"),
        ("</", "a"),
        ("", "<a"),
        ("", "<a:"),
        ("<p class", " "),
        ("<p ", "class "),
        ("<p ", "id = "),
        ("", "</"),
    ],
)
def test_the_time_grows_no_faster_than_the_html(begin: str, again: str) -> None:
    assert not grows_too_fast(html_text, lambda n: begin + again * n, 8000)


@pytest.mark.parametrize("number", ["&#" + "1" * 5000 + ";", "&#" + "1" * 5000])
def test_a_letter_with_an_endless_number_costs_nobody_their_words(number: str) -> None:
    assert html_text(f"Sudah {number}beres &#65;") == "Sudah \ufffdberes A"


@pytest.mark.parametrize("again", ["a \n", ">> a \n"])
def test_the_time_grows_no_faster_than_the_broken_lines(again: str) -> None:
    assert not grows_too_fast(unflowed, lambda n: again * n, 40_000)
