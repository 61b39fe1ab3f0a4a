"""What the terminal shows and what the files keep."""

from __future__ import annotations
from pathlib import Path

import pytest

from tests.training.given import decided, label
from workflows.training.report import in_columns, in_markdown, on_terminal, section, sections, write

SECRET = "Pak Darmo di gang buntu menimbun oli bekas"
DECIDED = [
    decided(label("DLH", id=f"kota-{n}", text=SECRET), opd, chance, "PUPR", why=(f"menyebut “{SECRET}”",))
    for n, (opd, chance) in enumerate([("DLH", 0.99), ("PUPR", 0.9), ("SATPOLPP", 0.4), ("DESK", 0.2)] * 20)
]
TABLE = section("Shares", ("name", "share"), [("one", 0.5), ("another", "–")], "Of all.")


def test_a_section_is_aligned_on_the_terminal_and_a_markdown_table() -> None:
    assert in_columns(TABLE) == "\nShares\nOf all.\nname     share\none        0.5\nanother      –"
    assert in_markdown(TABLE) == "## Shares\n\nOf all.\n\n| name | share |\n|---|---:|\n| one | 0.5 |\n| another | – |"


def test_the_half_without_phrases_is_a_line_of_its_own() -> None:
    assert [row[0] for row in sections(DECIDED, halved=True)[0].rows] == ["all letters", "held half"]
    assert [row[0] for row in sections(DECIDED, halved=False)[0].rows] == ["all letters"]


def test_the_terminal_shows_the_beginning_of_a_letter_and_the_reasons() -> None:
    shown = on_terminal([decided(label("DLH", id="kota-7", text="kata  \n" * 60), "PUPR", 0.9)])
    assert "kota-7: DLH → PUPR 90%, sent" in shown
    assert "kata kata" in shown
    assert "menyebut “sampah”" in shown
    assert max(map(len, shown.splitlines())) <= 162


@pytest.mark.slow
def test_the_files_name_letters_by_id_and_hold_none_of_their_words(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the training libraries are not installed: make train")
    report = write(tmp_path / "new", "Heading.", sections(DECIDED, halved=True), DECIDED)
    text = report.read_text("utf-8")
    assert "| kota-1 | DLH | PUPR | 90% | yes |" in text
    assert "Darmo" not in text
    pictures = [path.read_bytes()[:8] for path in sorted(report.parent.glob("*.png"))]
    assert pictures == [b"\x89PNG\r\n\x1a\n"] * 2
