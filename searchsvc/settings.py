"""Settings: everything an owner can set, each with its name, type, default and help.

Read once, at an edge, by ``loading.load_settings``; below the edges only the frozen
``Settings`` is passed on.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from searchsvc.settings_values import (
    LanguageCode,
    Origins,
    Paths,
    Pinned,
    SiteUrl,
    SourceName,
    Synonyms,
    TagAliases,
    TimeZone,
    UrlTemplate,
    from_json,
)
from searchsvc.settings_values import check_timezone as check_timezone
from searchsvc.text.stemming import language_named, languages

# Of the site generators in ``posts/generators/``, and `auto` to look which it is.
Generator = Literal[
    "auto",
    "astro",
    "docusaurus",
    "eleventy",
    "feed",
    "ghost",
    "hexo",
    "hugo",
    "jekyll",
    "mkdocs",
    "pelican",
    "site",
    "zola",
    "plain",
]
# Changing one of these changes what the words of the index are.
REBUILDING = ("language", "index_body")


class SourceSettings(BaseModel):
    """One table ``[[sources]]``: a content with settings of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: Annotated[Path, Field(description="The folder, or the file, that holds the posts.")]
    name: Annotated[
        SourceName | None,
        Field(
            description="Stands before the ids of its posts, as in `notes:rye.md`. Empty: nothing "
            "does. Without one: the name of the folder, when there are several contents."
        ),
    ] = None
    lang: Annotated[
        LanguageCode | None,
        Field(description="The language of its posts that name none, such as `de`."),
    ] = None
    generator: Annotated[
        Generator | None, Field(description="As above, for this source alone.")
    ] = None
    site_url: Annotated[SiteUrl | None, Field(description="As above, for this source alone.")] = (
        None
    )
    url_template: Annotated[
        UrlTemplate | None, Field(description="As above, for this source alone.")
    ] = None
    timezone: Annotated[TimeZone | None, Field(description="As above, for this source alone.")] = (
        None
    )

    def over(self, settings: "Settings") -> "Settings":
        """The settings that hold for this source: its own, else those of all."""
        own = {name: getattr(self, name) for name in _OWN_OF_SOURCES}
        given = {name: value for name, value in own.items() if value is not None}
        return settings.model_copy(update={"content": (self.content,), "sources": (), **given})


_OWN_OF_SOURCES = ("generator", "site_url", "url_template", "timezone")
Sources = Annotated[tuple[SourceSettings, ...], from_json('[{"content": "notes"}]')]


class Settings(BaseModel):
    """All settings, checked and frozen. ``docs/settings.md`` is made from this class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # What is read
    content: Annotated[
        Paths,
        Field(
            description="What holds the posts: folders, JSON Lines files, feeds, exports of Ghost."
        ),
    ] = ()
    sources: Annotated[
        Sources,
        Field(
            description="More of them, each as a table `[[sources]]` with settings of its own "
            "(below). In a variable as JSON."
        ),
    ] = ()
    generator: Annotated[
        Generator,
        Field(description="Whose rules the posts follow; `auto` looks at the site's files."),
    ] = "auto"
    site_url: Annotated[
        SiteUrl,
        Field(
            description="The blog's address, such as `https://example.com/blog`, put before "
            "each post's path. Empty: the site's own configuration, else paths alone."
        ),
    ] = ""
    url_template: Annotated[
        UrlTemplate,
        Field(
            description="Where posts live that have no address of their own, such as "
            "`/{year}/{month}/{slug}/`; in the place of the site's own pattern. "
            "Fields: `path`, `folder`, `slug`, `year`, `month`, `day`. "
            "Empty: as the generator has it."
        ),
    ] = ""
    timezone: Annotated[
        TimeZone,
        Field(
            description="The blog's time zone, such as `Europe/Paris`. "
            "Empty: the site's own configuration, else UTC."
        ),
    ] = ""
    # What is indexed
    index_dir: Annotated[Path, Field(description="The folder of the index.")] = Path("index")
    index_body: Annotated[
        bool, Field(description="Search the posts' bodies too, with a low weight.")
    ] = False
    language: Annotated[
        str,
        Field(
            description="The language whose word endings are ignored (`running` finds `run`), "
            "such as `english` or `de`; `none` for words as they are."
        ),
    ] = "english"
    tag_aliases: Annotated[
        TagAliases,
        Field(
            description="Tags that are merged into one, in posts and in filters: "
            '`{ "Node.js" = ["nodejs", "node-js"] }`. Searched as synonyms, too. In a variable as '
            "JSON."
        ),
    ] = {}
    # What is answered
    per_page: Annotated[int, Field(ge=1, le=100, description="Hits on one page.")] = 10
    enough_hits: Annotated[
        int,
        Field(
            ge=1,
            le=1000,
            description="With `match=auto`, this many of the best posts are found "
            "even when they hold less than half of what was asked.",
        ),
    ] = 10
    synonyms: Annotated[
        Synonyms,
        Field(
            description="Words that mean the same, such as `k8s, kubernetes`; one way only: "
            "`js => javascript`. In a variable they stand between semicolons."
        ),
    ] = ()
    pinned: Annotated[
        Pinned,
        Field(
            description="Posts, by id, address or path, that stand first for a query: "
            '`{ "hiring" = ["/jobs/"] }`. In a variable as JSON.'
        ),
    ] = {}
    recency_days: Annotated[
        float,
        Field(
            ge=0,
            le=100_000,
            description="Newer posts get up to a quarter more of their score; after so many days "
            "half of that is left. 0: age only breaks ties.",
        ),
    ] = 0
    answer_timeout_s: Annotated[
        float, Field(gt=0, le=60, description="Longest time for one answer, seconds.")
    ] = 2.0
    # The service
    host: Annotated[str, Field(description="The address to listen at.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="The port to listen at.")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="Processes that answer.")] = 1
    threads: Annotated[int, Field(ge=1, le=64, description="Threads in each process.")] = 2
    cors_origins: Annotated[
        Origins,
        Field(description="Origins whose pages may read answers; `*` for any."),
    ] = ("*",)
    site_name: Annotated[str, Field(description="The name on the search page.")] = "Search"

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if not (known := language_named(value)):
            raise ValueError(f"No such language. There are: {', '.join(languages())}")
        return known

    @field_validator("index_dir", mode="before")
    @classmethod
    def _named_folder(cls, value: object) -> object:
        if not str(value).strip():
            raise ValueError("Name a folder, such as index")
        return Path(value).expanduser() if isinstance(value, str) else value

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when the index must be rebuilt for these settings."""
        chosen = repr([(name, getattr(self, name)) for name in REBUILDING])
        return hashlib.blake2b(chosen.encode(), digest_size=8).hexdigest()
