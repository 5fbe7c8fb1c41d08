"""Hygiene: tags of a blog that are probably meant as one, and tags that only one post has.

Nothing is changed by it: a blogger is told, and may merge tags with the setting
``tag_aliases``, or mend the posts.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from searchsvc.text.analysis import Analyzer, chunks
from searchsvc.text.folding import fold

# From so many letters on, one letter more or less is rather a slip than another word.
MIN_SLIP_LETTERS = 6
# A slip is rare: the other spelling is at least so many times as common.
SLIP_FACTOR = 3
# Of more tags, slips are not looked for: nobody would read them.
MAX_COMPARED = 20_000


class Alike(NamedTuple):
    """Tags that are probably meant as one.

    Attributes:
        tag: the commonest of them, as most posts write it.
        others: the rest, commonest first.
        reason: what they have in common.
    """

    tag: str
    others: tuple[str, ...]
    reason: str


class TagReport(NamedTuple):
    """What is odd about the tags of a blog.

    Attributes:
        counts: how many posts have each tag, in the commonest spelling of each.
        alike: tags that may be one.
        once: other tags that only one post has.
    """

    counts: Mapping[str, int]
    alike: tuple[Alike, ...]
    once: tuple[str, ...]


def tag_report(tags_of_posts: Iterable[Iterable[str]], language: str) -> TagReport:
    """Look at the tags of all posts."""
    counts = _counts(tags_of_posts)
    alike = tuple(_alike(counts, Analyzer(language)))
    told = {tag for group in alike for tag in (group.tag, *group.others)}
    once = tuple(sorted(tag for tag, count in counts.items() if count == 1 and tag not in told))
    return TagReport(counts, alike, once)


def aliases_for(
    alike: Iterable[Alike], present: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The setting ``tag_aliases`` that merges tags, besides those that it merges already."""
    table = {tag: list(names) for tag, names in present.items()}
    meant = {fold(name): tag for tag, names in present.items() for name in (tag, *names)}
    for group in alike:
        tag = meant.setdefault(fold(group.tag), group.tag)
        for other in group.others:
            # What has aliases, and becomes one, takes them along.
            former = meant.get(fold(other), other)
            if former != tag:
                names = [former, *table.pop(former, ())]
                table.setdefault(tag, []).extend(names)
                meant.update({fold(name): tag for name in names})
    return {tag: tuple(names) for tag, names in table.items()}


def aliases_line(aliases: Mapping[str, Iterable[str]]) -> str:
    """A table of aliases as the line of a settings file."""
    pairs = (f"{_quoted(tag)} = [{', '.join(map(_quoted, aliases[tag]))}]" for tag in aliases)
    return f"tag_aliases = {{ {', '.join(pairs)} }}"


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON does but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _counts(tags_of_posts: Iterable[Iterable[str]]) -> dict[str, int]:
    """How many posts have each tag; spellings that differ in case and accents are one anyway."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tags in tags_of_posts:
        for tag in tags:
            spellings[fold(tag)][tag] += 1
    # Of equally common spellings, the first in code-point order, as in facets.
    return {
        min(found, key=lambda tag: (-found[tag], tag)): found.total()
        for found in spellings.values()
    }


def _alike(counts: Mapping[str, int], analyzer: Analyzer) -> Iterator[Alike]:
    left = dict(counts)
    kinds: tuple[tuple[Callable[[str], str], str], ...] = (
        (_without_signs, "alike but for spaces and signs"),
        (lambda tag: _stemmed(tag, analyzer), "forms of the same words"),
    )
    for key, reason in kinds:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for tag in left:
            groups[key(tag)].append(tag)
        for name, tags in groups.items():
            if name and len(tags) > 1:
                yield _group(tags, counts, reason)
                for tag in tags:
                    del left[tag]
    yield from (_group(pair, counts, "one letter apart") for pair in _slips(left))


def _group(tags: Iterable[str], counts: Mapping[str, int], reason: str) -> Alike:
    first, *others = sorted(tags, key=lambda tag: (-counts[tag], tag))
    return Alike(first, tuple(others), reason)


def _without_signs(tag: str) -> str:
    """`nodejs` for `Node.js`; but `c` and `c++` are two languages, as are `c#` and `c`."""
    parts = [part.word for chunk in chunks(tag) for part in chunk.parts]
    joined = "".join(parts)
    return joined if len(joined) > 2 else fold(tag)


def _stemmed(tag: str, analyzer: Analyzer) -> str:
    return " ".join(analyzer.stem(part.word) for chunk in chunks(tag) for part in chunk.parts)


def _slips(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs of which the rarer one is a letter more, less, other or out of place."""
    by_rest: defaultdict[str, list[str]] = defaultdict(list)
    for tag in counts if len(counts) <= MAX_COMPARED else ():
        word = fold(tag)
        if len(word) >= MIN_SLIP_LETTERS and word.isalpha():
            for rest in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
                by_rest[rest].append(tag)
    found = {tuple(sorted(pair)) for tags in by_rest.values() for pair in _pairs(tags)}
    for one, other in sorted(found):
        fewer, more = sorted((counts[one], counts[other]))
        if fewer * SLIP_FACTOR <= more and _is_one_edit(fold(one), fold(other)):
            yield one, other


def _pairs(tags: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((a, b) for n, a in enumerate(tags) for b in tags[n + 1 :])


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one letter makes the difference; two neighbours that changed places count as one."""
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[at:] == other[at + 1 :]
    swapped = other[at + 1 : at + 2] + other[at : at + 1]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2] == swapped and (one[at + 2 :] == other[at + 2 :])
    )
