"""A blog on disk for tests: write files, read them as the product does."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings

# A post of a Jekyll site.
RYE = "_posts/2024-01-02-rye-bread.md"


@dataclass(frozen=True)
class Blog:
    """A folder of posts."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(content if isinstance(content, bytes) else content.encode())
        return full

    def read(self, below: str = ".", **settings: Any) -> list[Reading]:
        # With bodies, which are not even looked at otherwise.
        settings = {"index_body": True, **settings}
        return list(open_source(Settings(content=(self.root / below,), **settings)))

    def ids(self, **settings: Any) -> list[str]:
        return [r.id if isinstance(r, Post) else r.post_id for r in self.read(**settings)]

    def reading(self, path: str, content: str | bytes, **settings: Any) -> Reading:
        """What becomes of one file, whatever else lies in the folder."""
        self.write(path, content)
        found = [r for r in self.read(**settings) if path in (_id(r),)]
        assert len(found) == 1, found
        return found[0]

    def post(self, path: str, content: str | bytes, **settings: Any) -> Post:
        reading = self.reading(path, content, **settings)
        assert isinstance(reading, Post), reading
        return reading

    def problem(self, path: str, content: str | bytes, **settings: Any) -> Problem:
        reading = self.reading(path, content, **settings)
        assert isinstance(reading, Problem), reading
        return reading

    def left_out(self, path: str, content: str | bytes, **settings: Any) -> str:
        reading = self.reading(path, content, **settings)
        assert isinstance(reading, LeftOut), reading
        return reading.reason


def _id(reading: Reading) -> str:
    return reading.id if isinstance(reading, Post) else reading.post_id


def matter(**values: str) -> str:
    return (
        "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nA loaf.\n"
    )


def headed(**headers: str) -> str:
    """A post as Pelican has it: lines of headers, and a body."""
    headers = {"Title": "Rye", "Date": "2024-01-02", **headers}
    return "".join(f"{key}: {value}\n" for key, value in headers.items()) + "\nA loaf.\n"
