"""Where Astro publishes the entries of collections, as far as the names of its pages tell.

A page such as ``src/pages/blog/[...slug].astro`` is a program that may give its posts any address.
It is believed where it takes the ids or slugs of a collection as they are.

Sources: ``content/loaders/glob.js`` and ``content/utils.js`` of Astro 6; github-slugger.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from searchsvc.posts.encoding import decode_leniently
from searchsvc.posts.files import beginning_of
from searchsvc.posts.jstokens import without_comments

# Of pages for posts, and not for tags, authors or languages.
_PARAMETER = re.compile(r"\[(?:\.\.\.)?(?P<name>id|slug|post|path|entry|article|permalink|note)\]")
_ANY_PARAMETER = re.compile(r"\[[^\]]*\]")
_COLLECTION = re.compile(
    r"\bget(?:Collection|Entry|EntryBySlug)\s*(?:<[^>]*>)?\(\s*[\"']([\w-]+)[\"']"
)
_PARAMETERS = re.compile(r"\bparams\s*:\s*\{\s*\w+\s*(?::\s*(?P<value>[^,}]*[^,}\s])\s*)?[,}]")
_AS_IT_IS = re.compile(r"(?:[\w$]+\.)?(?:id|slug)")
_MAX_PAGE_BYTES = 200_000


def routes_in(pages: Path, collections: set[str]) -> dict[str, str]:
    """The address of each collection that has pages of its own, with ``{id}`` in it."""
    found: dict[str, str] = {}
    unnamed: list[str] = []
    for route, names in _routes(pages):
        named = names & collections
        for name in named:
            found.setdefault(name, route)
        if not names:
            unnamed.append(route)
    for route in unnamed:
        # Where the posts come from is said elsewhere: the folder tells, or there is no other.
        name = route.removesuffix("/{id}").rpartition("/")[2]
        name = next(iter(collections)) if len(collections) == len(unnamed) == 1 else name
        if name in collections:
            found.setdefault(name, route)
    return found


def _routes(pages: Path) -> Iterator[tuple[str, set[str]]]:
    """Each page for many posts: its address, and the collections that it names."""
    for page in sorted(pages.rglob("*.astro")):
        path = page.relative_to(pages).with_suffix("").as_posix().removesuffix("/index")
        parameter = _PARAMETER.fullmatch(path.rpartition("/")[2])
        hidden = any(part.startswith("_") for part in path.split("/"))
        if parameter is None or hidden or len(_ANY_PARAMETER.findall(path)) > 1:
            continue
        script = without_comments(_text_of(page))
        values = [found["value"] for found in _PARAMETERS.finditer(script)]
        if all(value is None or _AS_IT_IS.fullmatch(value) for value in values):
            yield "/" + path[: -len(parameter[0])] + "{id}", set(_COLLECTION.findall(script))


def _text_of(page: Path) -> str:
    try:
        return decode_leniently(beginning_of(page, _MAX_PAGE_BYTES))
    except OSError:
        return ""


def id_of_path(path: str) -> str:
    """The id of an entry by its path below its collection, without a suffix."""
    return "/".join(github_slug(part) for part in path.split("/")).removesuffix("/index")


def github_slug(text: str) -> str:
    """The slug that github-slugger makes: small letters, and of other signs only ``-`` and ``_``.

    >>> github_slug("Rye & Wheat, v1.2")
    'rye--wheat-v12'
    """
    return "".join(sign for sign in text.lower() if _stays(sign)).replace(" ", "-")


def _stays(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign in "- " or kind[0] in "LM" or kind in ("Nd", "Nl", "Pc")
