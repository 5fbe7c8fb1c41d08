"""Links: from the page that is shown to those next to it, one step away each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from searchsvc.queries import FacetName
from searchsvc.text.aliases import Aliases
from searchsvc.text.folding import fold
from searchsvc.web.params import Args

Pair = tuple[str, str]

_NO_ALIASES = Aliases({})
# Filters that were typed into the search box.
_TYPED = re.compile(r'(?<!\S)(?P<field>tag|category):(?P<value>"[^"]*"|[^\s"]+)', re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Browsers drop these from an address before they look for its scheme.
_DROPPED = re.compile(r"[\x00-\x1f\x7f]")


def safe_url(url: str) -> str | None:
    """The address of a post if a link may lead there: ``http``, ``https`` or a path; else None.

    >>> safe_url("/go/channels.html"), safe_url("java\\nscript:alert(1)")
    ('/go/channels.html', None)
    """
    url = _DROPPED.sub("", url).strip()
    is_web = url.lower().startswith(("http://", "https://"))
    return url if url and (is_web or not _SCHEME.match(url)) else None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the search page, made from what it was asked.

    All but ``page`` lead to a first page.

    Attributes:
        path: of the search page.
        pairs: its parameters, without the number of the page.
        aliases: names that mean one tag.
    """

    path: str
    pairs: tuple[Pair, ...]
    aliases: Aliases = _NO_ALIASES

    @classmethod
    def of(cls, path: str, given: Args, aliases: Aliases = _NO_ALIASES) -> "Links":
        """Links for what was given."""
        pairs = ((n, v) for n, values in given.items() if n != "page" for v in values)
        return cls(path, tuple(pairs), aliases)

    def page(self, number: int) -> str:
        """To another page of the same answer."""
        return self._url(self.pairs if number == 1 else (*self.pairs, ("page", str(number))))

    def replaced(self, name: str, value: str) -> str:
        """With this value, and no other, of a parameter."""
        return self._url((*self._others(name), (name, value)))

    def without(self, name: str) -> str:
        """Without a parameter."""
        return self._url(self._others(name))

    def toggled(self, name: FacetName, value: str) -> str:
        """Without a filter if it holds, typed or given; with it if it does not."""
        left = self._unfiltered(name, value)
        return self._url((*left, (name, value)) if left == self.pairs else left)

    def holds(self, name: FacetName, value: str) -> bool:
        """Whether a filter holds, typed or given."""
        return self._unfiltered(name, value) != self.pairs

    def only(self, *names: str) -> str:
        """With nothing but these parameters; with none, where all posts are."""
        return self._url(pair for pair in self.pairs if pair[0] in names)

    def kept(self) -> tuple[Pair, ...]:
        """What the form keeps while other words are typed."""
        return tuple(self._others("q"))

    def _others(self, name: str) -> Iterable[Pair]:
        return (pair for pair in self.pairs if pair[0] != name)

    def _unfiltered(self, name: FacetName, value: str) -> tuple[Pair, ...]:
        def is_it(parameter: str, given: str) -> bool:
            return parameter == name and self._key(name, given) == self._key(name, value)

        return tuple(
            ("q", _untyped(given, is_it)) if parameter == "q" else (parameter, given)
            for parameter, given in self.pairs
            if not is_it(parameter, given)
        )

    def _key(self, name: str, value: str) -> str:
        """The same for all ways to write one value."""
        return fold(self.aliases.tag(value) if name == "tag" else value)

    def _url(self, pairs: Iterable[Pair]) -> str:
        text = urlencode([pair for pair in pairs if pair[1]], errors="replace")
        return f"{self.path}?{text}" if text else self.path


def _untyped(typed: str, is_it: Callable[[str, str], bool]) -> str:
    def keep_others(found: re.Match[str]) -> str:
        return "" if is_it(found["field"].lower(), found["value"].strip('"')) else found[0]

    without = _TYPED.sub(keep_others, typed)
    return typed if without == typed else " ".join(without.split())
