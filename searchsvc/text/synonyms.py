"""Synonyms as an owner writes them: ``k8s, kubernetes``, or ``js => javascript`` one way."""

from collections.abc import Iterator

from searchsvc.text.analysis import chunks

_ONE_WAY = "=>"


def synonym_pairs(entry: str) -> Iterator[tuple[str, str]]:
    """What is asked for, and what is then found too, for each pair that an entry makes.

    Raises:
        ValueError: it makes none; the message has the remedy.
    """
    asked, arrow, meant = entry.partition(_ONE_WAY)
    left = _terms(asked)
    right = _terms(meant) if arrow else left
    pairs = [(a, b) for a in left for b in right if a != b]
    if not pairs or _ONE_WAY in meant:
        raise ValueError("Write it like 'k8s, kubernetes', or 'js => javascript' for one way only")
    yield from pairs


def _terms(side: str) -> list[str]:
    """The terms between the commas that hold words."""
    return [term.strip() for term in side.split(",") if any(chunks(term))]
