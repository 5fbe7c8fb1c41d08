"""Store: the documents, kept and indexed by Whoosh.

Only this file and ``whoosh_blocks`` import it: here is what Whoosh offers to everybody,
there what rests on the inside of one release.

Whoosh keeps every field of every document durably and adds and deletes in small
segments. Queries are not answered here but from ``columns``, which can always be
made again from what is stored here. A plain Whoosh query finds the same posts:
the words are those of ``text.analysis``, as stems.

Opening a Whoosh index unpickles it, so the folder must not be writable by people
who are not trusted.
"""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import Composable, Token
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.writing import MERGE_SMALL

from searchsvc.documents import Document
from searchsvc.engines.local import whoosh_blocks
from searchsvc.engines.local.analysing import Analysed
from searchsvc.engines.local.whoosh_postings import field_postings
from searchsvc.errors import IndexDamaged, SettingsError
from searchsvc.text.analysis import Analyzer

# All of these put their files into one folder `whoosh/`, over each other's.
_DISTRIBUTIONS = ("whoosh-reloaded", "whoosh", "whoosh-ng", "whoosh3")
_TEXTS = ("title", "excerpt", "body")
_LISTS = ("categories", "tags")
_OF_THE_SYSTEM = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM),
)
_REBUILD = "Rebuild the index: searchsvc reindex --full"
_DATES = ("date", "visible_from", "visible_until")


class StemAnalyzer(Composable):  # type: ignore[misc]
    """Our analysis in Whoosh's terms: folded stems with places and offsets.

    Whoosh pickles it into the index, by this name and with the language only.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __getstate__(self) -> dict[str, str]:
        return {"language": self.language}

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_: Any) -> Any:
        """Whoosh's protocol: one token object, given out again and again."""
        analyzer = self._analyzer()
        token = Token(positions, chars)
        for word, place, start, end, _is_part in analyzer.tokens(value):
            token.text = token.original = analyzer.stem(word)
            token.pos, token.startchar, token.endchar = place, start, end
            token.boost, token.stopped = 1.0, False
            yield token

    def _analyzer(self) -> Analyzer:
        if "_own" not in self.__dict__:
            self.__dict__["_own"] = Analyzer(self.language)
        own: Analyzer = self.__dict__["_own"]
        return own


def whoosh_version() -> str:
    """The distribution of Whoosh that is installed, and its version.

    Raises:
        SettingsError: two are, so that nobody can say which code runs.
    """
    found = []
    for name in _DISTRIBUTIONS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    if len(found) > 1:
        raise SettingsError(
            f"{' and '.join(found)} are both installed and overwrite each other's files. "
            "Uninstall both, then install searchsvc again"
        )
    return found[0] if found else "whoosh, of unknown origin"


def fill(
    folder: Path, analysed: Analysed, analyzer: Analyzer, *, in_blocks: bool = True
) -> tuple[int, int]:
    """Make a store in a folder that is there and empty; see ``change``."""
    words = StemAnalyzer(analyzer.language)
    schema = Schema(
        id=ID(unique=True, stored=True),
        url=STORED,
        lang=STORED,
        **{name: TEXT(analyzer=words, stored=True) for name in (*_TEXTS, *_LISTS)},
        **dict.fromkeys(_DATES, STORED),
    )
    index.create_in(str(folder), schema).close()
    return change(folder, analysed, analyzer, deletes=(), in_blocks=in_blocks)


def change(
    folder: Path,
    added: Analysed,
    analyzer: Analyzer,
    *,
    deletes: Iterable[str],
    in_blocks: bool = True,
) -> tuple[int, int]:
    """Delete, then add; one commit. The older version of what is added must be among the deletes.

    Args:
        in_blocks: let ``whoosh_blocks`` write, where it knows the release of Whoosh.
            Whoosh's ordinary writer gives the same and takes several times as long.

    Returns:
        How many documents the store then holds, and how many its files hold that are gone.

    Raises:
        IndexDamaged: what is there already cannot be read.
    """
    with _translated(folder):
        opened = index.open_dir(str(folder))
        writer = opened.writer()
        _delete(writer, deletes)
        if in_blocks and whoosh_version() == whoosh_blocks.RELEASE:
            _commit_blocks(opened, writer, added, analyzer)
            count, with_gone = whoosh_blocks.counts(opened)
        else:
            _commit_one_by_one(writer, added)
            with opened.reader() as reader:
                count, with_gone = int(reader.doc_count()), int(reader.doc_count_all())
        opened.close()
    return count, with_gone - count


def _delete(writer: Any, ids: Iterable[str]) -> None:
    """Delete documents. Whoosh's own way is by a query, for which it loads all kinds of them."""
    with writer.reader() as reader:
        for id_ in ids:
            if ("id", id_) in reader:
                for number in list(reader.postings("id", id_).all_ids()):
                    writer.delete_document(number)


def _commit_blocks(opened: Any, writer: Any, added: Analysed, analyzer: Analyzer) -> None:
    """Commit the writer with one more segment, which is written from what is analysed already."""
    new = []
    if added.documents:
        segment = whoosh_blocks.write_segment(
            opened.storage,
            opened.schema,
            opened.indexname,
            stored=[_stored(document) for document in added.documents],
            postings=field_postings(added, analyzer.stem),
        )
        new.append(segment)

    def merged(writer: Any, old: Any) -> list[Any]:
        # Whoosh itself would keep a segment of which nothing is left.
        return [*(s for s in MERGE_SMALL(writer, old) if s.doc_count()), *new]

    writer.commit(mergetype=merged)


def _commit_one_by_one(writer: Any, added: Analysed) -> None:
    """The same by Whoosh's own means."""
    for document in added.documents:
        fields = _stored(document)
        texts = {name: " \n ".join(fields[name]) for name in _LISTS if name in fields}
        kept = {f"_stored_{name}": fields[name] for name in texts}
        writer.add_document(**fields | texts, **kept)
    writer.commit()


def documents(folder: Path) -> list[Document]:
    """Every document, as it was put in.

    Raises:
        IndexDamaged: the store cannot be read, or is gone.
    """
    with _translated(folder), index.open_dir(str(folder)).reader() as reader:
        return [_document(stored) for _, stored in reader.iter_docs()]


def document(folder: Path, id_: str) -> Document | None:
    """The document with this id, as it was put in; errors as ``documents``."""
    with _translated(folder), index.open_dir(str(folder)).reader() as reader:
        if ("id", id_) not in reader:
            return None
        number = next(iter(reader.postings("id", id_).all_ids()), None)
        return None if number is None else _document(reader.stored_fields(number))


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn what Whoosh raises over damaged files into our own error.

    It raises nearly anything: struct.error, IndexError, KeyError, UnpicklingError,
    EOFError, OSError for a seek to nowhere. Only what the system says of a full disk
    or of rights is left as it is.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
            raise
        raise IndexDamaged(f"{folder} cannot be read ({error}). {_REBUILD}") from error


def _stored(document: Document) -> dict[str, Any]:
    """What is kept of a document; a field without a value is left out."""
    fields: dict[str, Any] = {
        name: value
        for name in ("id", "url", "lang", *_TEXTS)
        if (value := getattr(document, name)) is not None
    }
    fields |= {name: list(getattr(document, name)) for name in _LISTS}
    for name in _DATES:
        if value := getattr(document, name):
            fields[name] = value.isoformat()
    return fields


def _document(stored: dict[str, Any]) -> Document:
    fields = stored | {name: tuple(stored[name]) for name in _LISTS}
    if "date" in fields:
        fields["date"] = date.fromisoformat(fields["date"])
    for name in ("visible_from", "visible_until"):
        if name in fields:
            fields[name] = datetime.fromisoformat(fields[name])
    return Document(**fields)
