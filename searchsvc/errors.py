"""Every error that searchsvc raises on purpose: one tree, and nothing else here.

    SearchsvcError
    ├── SettingsError        a setting that cannot be used              invalid_setting
    ├── ContentError         content that cannot be read at all         content_unreadable
    ├── JudgedUnusable       judged queries that cannot be used         judged_unusable
    ├── QueryError           a parameter of a query that has no meaning invalid_parameter
    ├── PostUnknown          no post with such an id is to be seen      unknown_post
    ├── AnswerTimeout        an answer that took longer than allowed    answer_timeout
    └── IndexProblem
        ├── IndexMissing     there is no index yet                      index_missing
        ├── IndexDamaged     files of the index are missing or torn     index_damaged
        ├── IndexUnreadable  files of the index may not be read         index_unreadable
        ├── IndexLocked      another run is writing it                  index_locked
        ├── IndexUnwritable  it cannot be written (rights, full disk)   index_unwritable
        ├── RemovalRefused   the run would remove too much              removal_refused
        ├── ReindexRefused   --strict, and a post cannot be used        reindex_refused
        └── RollbackImpossible  no other generation is kept             rollback_impossible

``code`` is stable: programs may branch on it. The text of an error says what is
wrong, where, and what to do next. Whoever catches ``SearchsvcError`` has caught
everything that is not a bug of ours.
"""


class SearchsvcError(Exception):
    """The root of all errors raised on purpose."""

    code = "error"


class SettingsError(SearchsvcError):
    """A setting is unknown, or its value cannot be used."""

    code = "invalid_setting"


class ContentError(SearchsvcError):
    """The content named for indexing is not there or is of no known kind."""

    code = "content_unreadable"


class JudgedUnusable(SearchsvcError):
    """A list of judged queries cannot be read, or holds none that can be asked."""

    code = "judged_unusable"


class QueryError(SearchsvcError):
    """A parameter of a query has a value without meaning.

    Attributes:
        parameter: its name, as the reader of the API documentation knows it.
        value: what was given, as text.
        remedy: what would be right, as one sentence.
    """

    code = "invalid_parameter"

    def __init__(self, parameter: str, value: str, remedy: str) -> None:
        super().__init__(f"{parameter} is {_shortened(value)!r}. {remedy}")
        self.parameter = parameter
        self.value = value
        self.remedy = remedy


class PostUnknown(SearchsvcError):
    """No post with this id is in the index, or it is not visible at the moment.

    Attributes:
        id: what was asked for.
    """

    code = "unknown_post"

    def __init__(self, id: str) -> None:
        super().__init__(
            f"There is no post with the id {_shortened(id)!r}. "
            "The hits of a search tell the ids of posts"
        )
        self.id = id


class AnswerTimeout(SearchsvcError):
    """An answer was given up because it took longer than the setting allows."""

    code = "answer_timeout"


class IndexProblem(SearchsvcError):
    """Something about the index keeps us from going on."""

    code = "index_problem"


class IndexMissing(IndexProblem):
    """No index has been built yet."""

    code = "index_missing"


class IndexDamaged(IndexProblem):
    """Files of the index are missing, torn, or not what was written."""

    code = "index_damaged"


class IndexUnreadable(IndexProblem):
    """This user may not read the files of the index."""

    code = "index_unreadable"


class IndexLocked(IndexProblem):
    """Another run is writing the index.

    Attributes:
        pid: the process that holds the lock, if it could tell; else None.
        since: when it took the lock, in ISO 8601, if it could tell; else None.
    """

    code = "index_locked"

    def __init__(self, message: str, *, pid: int | None, since: str | None) -> None:
        super().__init__(message)
        self.pid = pid
        self.since = since


class IndexUnwritable(IndexProblem):
    """The folder of the index cannot be written: rights, or a full disk."""

    code = "index_unwritable"


class RemovalRefused(IndexProblem):
    """A run would have removed so many posts that it is likely a mistake.

    Attributes:
        removed: how many posts the run would have removed.
        of: how many posts the index holds.
    """

    code = "removal_refused"

    def __init__(self, removed: int, of: int) -> None:
        super().__init__(
            f"This run would remove {removed} of {of} posts from the index. Nothing was changed. "
            "If they are really gone, run it again with --allow-removals"
        )
        self.removed = removed
        self.of = of


class ReindexRefused(IndexProblem):
    """``--strict`` was asked for, and a post cannot be used."""

    code = "reindex_refused"


class RollbackImpossible(IndexProblem):
    """No other generation is kept."""

    code = "rollback_impossible"


def _shortened(value: str, limit: int = 80) -> str:
    return value if len(value) <= limit else value[: limit - 1] + "…"
