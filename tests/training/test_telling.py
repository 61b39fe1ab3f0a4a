"""A word counts the more, the more the departments of its letters differ from those of all letters."""

from __future__ import annotations

from workflows.training.matrix import feature_importance

LABELS = ["DLH", "PUPR"] * 50
LETTERS = [["mohon", "sampah" if label == "DLH" else "jalan"] for label in LABELS]
LETTERS[0].append("seldom")
SHARES = feature_importance(LETTERS, LABELS, ["mohon", "sampah", "jalan", "seldom"])


def test_a_word_of_every_letter_tells_least() -> None:
    assert SHARES["mohon"] == 0.1


def test_a_word_of_one_department_tells_more_the_more_often_it_was_seen() -> None:
    assert SHARES["mohon"] < SHARES["seldom"] < SHARES["sampah"] == SHARES["jalan"] < 1


def test_no_word_counts_more_than_whole() -> None:
    labels = [f"OPD{number}" for number in range(20) for _ in range(50)]
    letters = [[label] for label in labels]
    assert feature_importance(letters, labels, ["OPD3"]) == {"OPD3": 1.0}


def test_words_that_were_not_asked_for_are_not_told() -> None:
    assert feature_importance([["a", "b"], ["a"]], ["DLH", "DLH"], ["a"]) == {"a": 0.1}
