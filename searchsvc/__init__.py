"""searchsvc: the search service for blogs.

from searchsvc import Settings, open_engine, parse_query

engine = open_engine(Settings(index_dir="index"))
page = engine.search(parse_query("go concurrency", tags=["go"]))
for hit in page.hits:
    print(hit.title, hit.url)
"""

__version__ = "0.1.0"

from searchsvc.engines import open_engine
from searchsvc.queries import parse_query
from searchsvc.settings import Settings

__all__ = ["Settings", "__version__", "open_engine", "parse_query"]
