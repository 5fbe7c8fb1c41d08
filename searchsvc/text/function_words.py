"""Function words: words that hold sentences together and say next to nothing alone.

They are indexed and found like all words; they only weigh little in ranking, and
only in a query that has other words.
"""

_ENGLISH = (
    "a about after all also am an and any are as at be because been before being between but "
    "by can could did do does doing for from had has have having he her here hers him his how "
    "i if in into is it its itself just me more most my no nor not of off on once only or "
    "other our ours out over own same she should so some such than that the their theirs them "
    "then there these they this those through to too under until up very was we were what "
    "when where which while who whom why will with would you your yours "
)

_BY_LANGUAGE = {name: frozenset(_ENGLISH.split()) for name in ("english", "en", "eng", "porter")}


def function_words(language: str) -> frozenset[str]:
    """The folded function words of a language; empty for one whose words we have not listed."""
    return _BY_LANGUAGE.get(language, frozenset())
