"""searchsvc: the search service for blogs.

from searchsvc import Settings, open_engine, parse_query

engine = open_engine(Settings(index_dir="index"))
page = engine.search(parse_query("go concurrency", tags=["go"]))
for hit in page.hits:
    print(hit.title, hit.url)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from searchsvc.engines import open_engine
    from searchsvc.queries import parse_query
    from searchsvc.relations import related_query
    from searchsvc.settings import Settings
    from searchsvc.suggestions import suggest_query

__all__ = [
    "Settings",
    "__version__",
    "open_engine",
    "parse_query",
    "related_query",
    "suggest_query",
]

_HOMES = {
    "Settings": "searchsvc.settings",
    "open_engine": "searchsvc.engines",
    "parse_query": "searchsvc.queries",
    "related_query": "searchsvc.relations",
    "suggest_query": "searchsvc.suggestions",
}


def __getattr__(name: str) -> Any:
    """Load each name when it is first asked for: the command line should start at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'searchsvc' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
