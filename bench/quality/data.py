"""Where posts, judged queries and misspellings come from: the folder of data.

It is named by ``--data`` or ``SEARCHSVC_BENCH_DATA``, else ``../shared/data`` beside the
checkout: ``blogs/NAME``, ``judged/NAME``, ``judged/scifact/docs.jsonl``, ``typos/crate-typos.tsv``.
"""

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from searchsvc import Settings
from searchsvc.documents import Document, document_of
from searchsvc.posts.post import Post
from searchsvc.posts.source import open_source

VARIABLE = "SEARCHSVC_BENCH_DATA"
DEFAULT = Path(__file__).parents[3] / "shared" / "data"
# Where the posts lie in each blog; ids in the judgements begin so.
BLOGS = {"18f": "", "go-blog": "_content/"}
COLLECTION = "scifact"
# A corpus of this name has the long text as a body, which is then searched too.
WITH_BODY = "+body"


@dataclass(frozen=True)
class Query:
    """A judged query as the data have it."""

    id: str
    text: str
    kind: str
    grades: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Documents that every engine gets alike, newest first, as ties should be.

    Attributes:
        name: ``18f``; ``18f+body`` with bodies.
    """

    name: str
    documents: tuple[Document, ...]

    @property
    def source(self) -> str:
        """The name without ``+body``."""
        return self.name.removesuffix(WITH_BODY)

    @property
    def has_bodies(self) -> bool:
        """Whether bodies are searched."""
        return self.name.endswith(WITH_BODY)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the documents, in their order."""
        return tuple(document.id for document in self.documents)

    @cached_property
    def fingerprint(self) -> str:
        """Another, when any document is another."""
        return " ".join(document.fingerprint for document in self.documents)


class Data:
    """A folder of data."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ.get(VARIABLE) or DEFAULT)
        if not (self.folder / "judged").is_dir():
            raise SystemExit(
                f"{self.folder}: there is no folder `judged` in it. "
                f"Name the folder of the data: --data DIR, or {VARIABLE}=DIR"
            )
        self.corpus = cache(self._corpus)

    def queries(self, corpus: Corpus) -> list[Query]:
        """The judged queries of a corpus. Every judged id is one of its documents."""
        folder = self.folder / "judged" / corpus.source
        grades: dict[str, dict[str, float]] = {}
        for row in _rows(folder / "qrels.tsv"):
            post = row["docid"].removeprefix(BLOGS.get(corpus.source, ""))
            grades.setdefault(row["qid"], {})[post] = float(row["rel"])
        judged = {post for posts in grades.values() for post in posts}
        assert judged <= set(corpus.ids), f"{folder}: {judged - set(corpus.ids)} are no posts"
        return [
            Query(line["id"], line["text"], line.get("kind", ""), grades[line["id"]])
            for line in _lines(folder / "queries.jsonl")
            if line["id"] in grades
        ]

    @cached_property
    def misspellings(self) -> dict[str, list[str]]:
        """For each right word its misspellings, sorted."""
        found: dict[str, list[str]] = {}
        for row in _rows(self.folder / "typos" / "crate-typos.tsv"):
            found.setdefault(row["correct"], []).append(row["misspelling"])
        return {word: sorted(wrong) for word, wrong in found.items()}

    def _corpus(self, name: str) -> Corpus:
        source, with_body = name.removesuffix(WITH_BODY), name.endswith(WITH_BODY)
        read = self._collection if source == COLLECTION else self._blog
        documents = sorted(read(source, with_body), key=lambda d: d.id)
        documents.sort(key=lambda d: d.date.toordinal() if d.date else 0, reverse=True)
        return Corpus(name, tuple(documents))

    def _blog(self, name: str, with_body: bool) -> list[Document]:
        folder = self.folder / "blogs" / name / BLOGS[name]
        settings = Settings(content=(folder,), generator="plain", index_body=with_body)
        source = open_source(settings)
        return [document_of(r, with_body=with_body) for r in source if isinstance(r, Post)]

    def _collection(self, name: str, with_body: bool) -> list[Document]:
        """Abstracts as excerpts, which are seldom that long; or as bodies, which are longer."""
        field = "body" if with_body else "excerpt"
        return [
            Document(id=d["id"], url=f"/{d['id']}/", title=d["title"], **{field: d["text"]})
            for d in _lines(self.folder / "judged" / name / "docs.jsonl")
        ]


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
