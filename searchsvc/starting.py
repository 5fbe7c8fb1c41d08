"""Starting: a first settings file for a blog, with what can be seen of it and all defaults."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from searchsvc.settings import Settings
from searchsvc.text.analysis import chunks
from searchsvc.text.function_words import function_words

# Languages are told by the little words that every sentence has.
_GUESSED = ("english", "german", "french", "spanish", "italian", "portuguese", "dutch")
# Of all words of a text at least a tenth is such words, in each of these languages.
_MIN_SHARE = 0.1
_MIN_WORDS = 50


def settings_file(about: str, found: Mapping[str, object]) -> str:
    """The text of a ``searchsvc.toml``.

    Args:
        about: what was looked at, in a line.
        found: values that differ from the defaults.
    """
    return "\n".join([f"# Settings of searchsvc for {about}.", *_intro(), *_settings(found)]) + "\n"


def _intro() -> Iterator[str]:
    yield "# What is commented out shows its default. The same names in capitals after SEARCHSVC_,"
    yield "# such as SEARCHSVC_PORT, are read from the environment and count before this file."


def _settings(found: Mapping[str, object]) -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield ""
        yield from textwrap.wrap(
            field.description or "", 96, initial_indent="# ", subsequent_indent="# "
        )
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
