"""Store: the documents, kept and indexed by Whoosh. The only file that imports it.

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

from searchsvc.documents import Document
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


def fill(folder: Path, documents: Iterable[Document], language: str) -> int:
    """Make a store in a folder that is there and empty; returns how many documents it holds."""
    words = StemAnalyzer(language)
    schema = Schema(
        id=ID(unique=True, stored=True),
        url=STORED,
        lang=STORED,
        **{name: TEXT(analyzer=words, stored=True) for name in (*_TEXTS, *_LISTS)},
        **dict.fromkeys(_DATES, STORED),
    )
    index.create_in(str(folder), schema).close()
    return _commit(folder, documents, ())


def change(folder: Path, *, upserts: Iterable[Document], deletes: Iterable[str]) -> int:
    """Delete, then add; one commit. An upsert's older version must be among the deletes.

    Returns:
        How many documents the store then holds.

    Raises:
        IndexDamaged: what is there already cannot be read.
    """
    with _translated(folder):
        return _commit(folder, upserts, deletes)


def _commit(folder: Path, upserts: Iterable[Document], deletes: Iterable[str]) -> int:
    opened = index.open_dir(str(folder))
    writer = opened.writer(limitmb=128)
    for id_ in deletes:
        writer.delete_by_term("id", id_)
    for document in upserts:
        writer.add_document(**_fields(document))
    writer.commit()
    count = int(opened.doc_count())
    opened.close()
    return count


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


def _fields(document: Document) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": document.id, "url": document.url, "lang": document.lang}
    fields |= {name: getattr(document, name) for name in _TEXTS}
    for name in _LISTS:
        values = getattr(document, name)
        fields[name], fields[f"_stored_{name}"] = " \n ".join(values), list(values)
    for name in _DATES:
        value = getattr(document, name)
        fields[name] = value.isoformat() if value else None
    return fields


def _document(stored: dict[str, Any]) -> Document:
    fields = {name: value for name, value in stored.items() if value is not None}
    fields |= {name: tuple(fields.get(name, ())) for name in _LISTS}
    if "date" in fields:
        fields["date"] = date.fromisoformat(fields["date"])
    for name in ("visible_from", "visible_until"):
        if name in fields:
            fields[name] = datetime.fromisoformat(fields[name])
    return Document(**fields)
