"""Starting: a first settings file for a blog, with what can be seen of it and all defaults."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from searchsvc.settings import Settings
from searchsvc.text.analysis import chunks
from searchsvc.text.function_words import function_words
from searchsvc.text.stemming import language_named

# Languages are told by the little words that every sentence has.
_GUESSED = ("english", "german", "french", "spanish", "italian", "portuguese", "dutch")
# Of all words of a text at least a tenth is such words, in each of these languages.
_MIN_SHARE = 0.1
_MIN_WORDS = 50


def settings_file(
    about: str, found: Mapping[str, object], hints: Mapping[str, str] | None = None
) -> str:
    """The text of a ``searchsvc.toml``.

    Args:
        about: what was looked at, in a line.
        found: values that differ from the defaults.
        hints: what else is to be said of a setting.
    """
    head = f"# Settings of searchsvc for {' '.join(about.split())}."
    return "\n".join([head, *_intro(), *_settings(found, hints or {})]) + "\n"


def _intro() -> Iterator[str]:
    yield "# What is commented out shows its default. The same names in capitals after SEARCHSVC_,"
    yield "# such as SEARCHSVC_PORT, are read from the environment and count before this file."


def _settings(found: Mapping[str, object], hints: Mapping[str, str]) -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield ""
        for text in (field.description or "", hints.get(name, "")):
            yield from textwrap.wrap(text, 96, initial_indent="# ", subsequent_indent="# ")
        if name in found:
            yield f"{name} = {_toml(found[name])}"
        else:
            yield f"# {name} = {_toml(field.get_default(call_default_factory=True))}"


def _toml(value: object) -> str:
    """A value as TOML writes it; texts and lists of texts as JSON does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Path | str):
        return json.dumps(str(value), ensure_ascii=False)
    assert isinstance(value, Iterable)
    return f"[{', '.join(map(_toml, value))}]"


def language_of_blog(texts: Iterable[str], codes: Iterable[str]) -> str | None:
    """The language of a blog, as the setting has it; None when nothing tells it.

    Themes come with a language that nobody has looked at; so texts count more than what
    the posts are said to be in, where we can tell.

    Args:
        texts: of some posts.
        codes: the languages that posts name, one for each of them.
    """
    named = [known for code in codes if (known := language_named(code))]
    said = max(named, key=Counter(named).__getitem__) if named else None
    return said if said and said not in _GUESSED else guessed_language(texts) or said


def guessed_language(texts: Iterable[str]) -> str | None:
    """The language of some texts; None when there are too few words, or it is none we can tell."""
    words = Counter(part.word for text in texts for chunk in chunks(text) for part in chunk.parts)
    if words.total() < _MIN_WORDS:
        return None
    shares = {
        language: sum(words[word] for word in function_words(language)) / words.total()
        for language in _GUESSED
    }
    best = max(_GUESSED, key=shares.__getitem__)
    return best if shares[best] >= _MIN_SHARE else None
