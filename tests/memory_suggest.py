"""Suggestions of the engine in memory: ``docs/ranking.md``, "Suggestions", by plain loops."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import perf_counter

from memory_words import Blog, Read, Visible, values

from searchsvc.results import IndexInfo, Suggestion, SuggestionKind, Suggestions
from searchsvc.suggestions import (
    MAX_CATEGORIES,
    MAX_TAGS,
    MAX_TITLES_READ,
    SuggestQuery,
    Typed,
    TypedWord,
    typed,
)
from searchsvc.text.analysis import Analyzer
from searchsvc.text.folding import fold
from searchsvc.text.snippets import Snippet, snippet_of


def suggest(query: SuggestQuery, blog: Blog, *, info: Callable[[int], IndexInfo]) -> Suggestions:
    """Answer a request. ``info`` tells of the index, given how many posts are visible."""
    started = perf_counter()
    visible = Visible(blog, query.at or datetime.now(UTC))
    asked = typed(query.text)
    suggested: list[Suggestion] = []
    if asked.words:
        titles = _titles(asked, visible, query.limit)
        labels = _labels(asked, visible)[: max(query.limit // 2, query.limit - len(titles))]
        titles = titles[: query.limit - len(labels)]
        suggested = [*labels, *titles]
        suggested.sort(key=lambda s: not begins(asked, s.text, blog.analyzer))
    return Suggestions(
        query=query,
        suggestions=tuple(suggested),
        index=info(len(visible.posts)),
        took_ms=(perf_counter() - started) * 1000,
    )


def goes_on(asked: Typed, text: str, analyzer: Analyzer) -> bool:
    """Whether a text has all words that were typed."""
    words = {token.word for token in analyzer.tokens(text)}
    *finished, last = asked.words
    return all(_has(word, words, unfinished=False) for word in finished) and _has(
        last, words, unfinished=asked.unfinished
    )


def begins(asked: Typed, text: str, analyzer: Analyzer) -> bool:
    """Whether the parts of what was typed stand at the first places of a text."""
    for place, part in enumerate(asked.row):
        is_last = place == len(asked.row) - 1
        standing = [token.word for token in analyzer.tokens(text) if token.place == place]
        if not _among(part, standing, unfinished=asked.unfinished and is_last):
            return False
    return True


def _has(typed_word: TypedWord, words: Iterable[str], *, unfinished: bool) -> bool:
    if any(_among(whole, words, unfinished=unfinished) for whole in typed_word.wholes):
        return True
    if not typed_word.parts:
        return False
    *first, last = typed_word.parts
    return all(part in words for part in first) and _among(last, words, unfinished=unfinished)


def _among(word: str, words: Iterable[str], *, unfinished: bool) -> bool:
    return any(other == word or (unfinished and other.startswith(word)) for other in words)


def _titles(asked: Typed, visible: Visible, limit: int) -> list[Suggestion]:
    analyzer = visible.blog.analyzer

    def order(post: Read) -> tuple[object, ...]:
        day = post.document.date
        newest_first = -day.toordinal() if day else 0
        is_inside = not begins(asked, post.document.title, analyzer)
        return is_inside, post.lengths[0], newest_first, post.document.id

    found = [p for p in visible.posts if goes_on(asked, p.document.title, analyzer)]
    best: dict[str, Read] = {}
    for post in sorted(found, key=order)[:MAX_TITLES_READ]:
        best.setdefault(fold(post.document.title), post)
    return [
        Suggestion(
            "title",
            post.document.title,
            _marked(asked, post.document.title, analyzer),
            id=post.document.id,
            url=post.document.url,
        )
        for post in list(best.values())[:limit]
    ]


def _labels(asked: Typed, visible: Visible) -> list[Suggestion]:
    best: dict[str, Suggestion] = {}
    for label in (
        *_of_kind("category", MAX_CATEGORIES, asked, visible),
        *_of_kind("tag", MAX_TAGS, asked, visible),
    ):
        other = best.get(fold(label.text))
        if other is None or _count(label) > _count(other):
            best[fold(label.text)] = label
    return sorted(best.values(), key=lambda label: _label_order(label, asked, visible))


def _of_kind(kind: SuggestionKind, most: int, asked: Typed, visible: Visible) -> list[Suggestion]:
    assert kind != "title"
    counts = Counter(
        visible.blog.spelling(kind, value)
        for post in visible.posts
        for value in values(kind, post.document)
    )
    labels = [
        Suggestion(kind, text, _marked(asked, text, visible.blog.analyzer), count=count)
        for text, count in counts.items()
        if goes_on(asked, text, visible.blog.analyzer)
    ]
    return sorted(labels, key=lambda label: _label_order(label, asked, visible))[:most]


def _label_order(label: Suggestion, asked: Typed, visible: Visible) -> tuple[object, ...]:
    is_inside = not begins(asked, label.text, visible.blog.analyzer)
    return is_inside, -_count(label), label.text


def _count(label: Suggestion) -> int:
    assert label.count is not None
    return label.count


def _marked(asked: Typed, text: str, analyzer: Analyzer) -> Snippet:
    """The words that were typed, marked; not the parts of a name, when all of it was found."""
    words: set[str] = set()
    last: set[str] = set()
    for typed_word in asked.words:
        words |= last
        words.update(typed_word.parts[:-1])
        last = {*typed_word.parts[-1:], *typed_word.wholes}
    spans = [
        (token.start, token.end)
        for token in analyzer.tokens(text)
        if token.word in words
        or any(_among(end, [token.word], unfinished=asked.unfinished) for end in last)
    ]
    return snippet_of(text, spans, limit=len(text))
