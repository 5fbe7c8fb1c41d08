"""A made-up Jekyll blog of long posts, the same each time: what ``reading.py`` reads.

Its words are those of ``blog.py``. Each post has 1,500 of them in paragraphs, headings, lists,
quotes, code and a table, with links, emphasis and a footnote; and front matter without an
excerpt, so that the first paragraph is it. The first paragraph often comes after a picture.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.blog import SEED, Zipf, words

WORDS = 1_500
_TAGS = 500
_CATEGORIES = 20


def write(folder: Path, count: int) -> None:
    """Write a site of so many posts into a folder that is not there yet."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text(
        "title: A made-up blog\nurl: https://blog.example\npermalink: /:year/:title/\n",
        encoding="utf-8",
    )
    for name, text in posts(count):
        (folder / "_posts" / name).write_text(text, encoding="utf-8")


def posts(count: int) -> Iterator[tuple[str, str]]:
    """Name and text of each file; fewer posts are the first of more."""
    random_ = random.Random(SEED + 3)
    every = Zipf(words())
    for number in range(count):
        day = date(2012, 1, 1) + timedelta(days=random_.randrange(5_000))
        yield f"{day}-post-{number}.md", _post(random_, every, day)


def _post(random_: random.Random, every: Zipf[str], day: date) -> str:
    front = [
        "---",
        f"title: {_words(random_, every, random_.randint(4, 9)).capitalize()}",
        f"date: {day} 10:00:00 +0000",
        f"tags: [{', '.join(every[random_.randrange(100, 100 + _TAGS)] for _ in range(4))}]",
        f"categories: [{every[random_.randrange(5_000, 5_000 + _CATEGORIES)]}]",
        "---",
    ]
    return "\n".join([*front, "", *_body(random_, every)]) + "\n"


def _body(random_: random.Random, every: Zipf[str]) -> Iterator[str]:
    if random_.random() < 0.3:
        yield f"![{_words(random_, every, 4)}](/pictures/{random_.randrange(10_000)}.jpg)\n"
    written = 0
    while written < WORDS:
        length = random_.randint(40, 90)
        yield _block(random_, every, length, first=not written) + "\n"
        written += length
    yield f"[^1]: {_words(random_, every, 12)}\n"
    yield "[link]: https://elsewhere.example/page"


def _block(random_: random.Random, every: Zipf[str], length: int, *, first: bool) -> str:
    kind = "prose" if first else random_.choices(_KINDS, (12, 3, 2, 1, 1, 1))[0]
    text = _words(random_, every, length)
    if kind == "heading":
        heading, _, rest = text.partition(" ")
        return f"## {heading.capitalize()} and more\n\n{_prose(rest)}"
    if kind == "list":
        return "\n".join(f"- {item}" for item in _lines(text))
    if kind == "quote":
        return "\n".join(f"> {line}" for line in _lines(text))
    if kind == "code":
        return "\n".join(["```python", *(f"{line} = {{}}" for line in _lines(text)), "```"])
    if kind == "table":
        return "\n".join(["| a | b |", "|---|---|", *(f"| {line} | 1 |" for line in _lines(text))])
    return _prose(text)


_KINDS = ("prose", "heading", "list", "quote", "code", "table")


def _prose(text: str) -> str:
    """A paragraph with a link by reference, another one, emphasis, code and a footnote."""
    drawn = text.split()
    for place, pattern in ((3, "*{}*"), (11, "[{}][link]"), (17, "`{}`"), (23, "**{}**")):
        if place < len(drawn):
            drawn[place] = pattern.format(drawn[place])
    if len(drawn) > 60:
        drawn[40] = f"[{drawn[40]}](https://elsewhere.example/{len(text)})"
        drawn[50] += "[^1]"
    return "\n".join(_lines(" ".join(drawn).capitalize() + "."))


def _lines(text: str) -> list[str]:
    drawn = text.split()
    return [" ".join(drawn[at : at + 12]) for at in range(0, len(drawn), 12)]


def _words(random_: random.Random, every: Zipf[str], count: int) -> str:
    return " ".join(every.draw(random_) for _ in range(count))
