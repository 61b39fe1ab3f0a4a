"""The mark of a sentence for the catalogue."""


def N_(original: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Marks a sentence where it stands; it is translated where it is used."""
    return original
