"""Surveying: what can be seen of a blog that has no settings yet."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from searchsvc.errors import ContentError
from searchsvc.posts.generators import GENERATORS, site_in
from searchsvc.posts.generators.addresses import host_and_path
from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import Source, open_source
from searchsvc.settings import Settings
from searchsvc.starting import language_of_blog, settings_file

# A language shows in a few posts.
_POSTS_FOR_LANGUAGE = 200
_TEMPLATE = re.compile(r"url_template, such as (/\S*?[^\s,.])(?=[\s,.]|$)")


@dataclass(frozen=True, slots=True)
class Survey:
    """A blog, as it looks without any settings.

    Attributes:
        content: what was looked at.
        description: what it is, such as ``Jekyll site blog/``.
        generator: as in the setting.
        posts: how many can be used.
        problems: those that cannot.
        left_out: how many files are no posts for readers, by reason.
        address: of the blog; "" when nothing tells it.
        timezone: by the site's own configuration; "" when it names none.
        language: as the setting has it; None when nothing tells it.
        url_template: a guess where the site's own code alone could tell addresses; else "".
    """

    content: Path
    description: str
    generator: str
    posts: int
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int]
    address: str
    timezone: str
    language: str | None
    url_template: str = ""

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        problems = [{"place": p.place, "reason": p.message} for p in self.problems]
        plain = ("generator", "posts", "address", "timezone", "language", "url_template")
        return {"content": str(self.content), "description": self.description} | {
            **{name: getattr(self, name) for name in plain},
            "left_out": dict(self.left_out),
            "problems": problems,
        }

    def settings_file(self) -> str:
        """A first ``searchsvc.toml``, to lie in the folder of the blog or beside its file."""
        own = "." if self.content.is_dir() else self.content.name
        found: dict[str, object] = {"content": [own]}
        if self.language and self.language != "english":
            found["language"] = self.language
        if self.url_template:
            found["url_template"] = self.url_template
        if self.generator == "jekyll":
            found["index_dir"] = ".searchsvc"
        return settings_file(self.description, found, dict(self._hints()))

    def _hints(self) -> Iterable[tuple[str, str]]:
        if not self.address:
            yield (
                "site_url",
                "The site's configuration does not tell it: set it, or hits have paths.",
            )
        if not self.timezone:
            yield "timezone", "The site's configuration does not name one."
        if self.url_template:
            yield (
                "url_template",
                "Where these posts live, only the site's own code can tell. This is a guess: "
                "compare it with the address of a post in your browser. `{path}` is the path of "
                "the file below the folder of the posts, `{slug}` its last part. "
                "`searchsvc verify --site` compares all.",
            )
        if self.generator == "jekyll":
            yield "index_dir", "Jekyll would publish a folder whose name begins with no dot."


def survey(content: Path, *, reading: Callable[[Source], Iterable[Reading]] = iter) -> Survey:
    """Look at a blog; all its posts are read.

    Args:
        content: a folder, or a file of many posts.
        reading: goes through a source, to show how far it is.

    Raises:
        ContentError: there are no posts; it says what was looked for, and the remedy.
    """
    settings = Settings(content=(content,), index_body=True)
    found = _survey(content, settings, reading)
    guess = next((m[1] for p in found.problems if (m := _TEMPLATE.search(p.message))), "")
    if not guess:
        return found
    guessed = settings.model_copy(update={"url_template": guess})
    return replace(_survey(content, guessed, reading), url_template=guess)


def _survey(
    content: Path, settings: Settings, reading: Callable[[Source], Iterable[Reading]]
) -> Survey:
    source = _opened(content, settings)
    readings = list(reading(source))
    posts = [one for one in readings if isinstance(one, Post)]
    if not posts and not any(isinstance(one, Problem) for one in readings):
        raise ContentError(
            f"{content}: no posts found, as {source.description}. {_remedy(content)}"
        )
    site = site_in(content, settings) if content.is_dir() else None
    hosts = Counter(_origin(post.url) for post in posts)
    return Survey(
        content=content,
        description=source.description,
        generator=site.name if site else "",
        posts=len(posts),
        problems=tuple(one for one in readings if isinstance(one, Problem)),
        left_out=Counter(one.reason for one in readings if isinstance(one, LeftOut)),
        address=(site.own_address() if site else "")
        or (hosts.most_common(1)[0][0] if hosts else ""),
        timezone=site.own_timezone() if site else "",
        language=language_of_blog(
            (f"{post.title} {post.excerpt} {post.body}" for post in posts[:_POSTS_FOR_LANGUAGE]),
            (post.lang for post in posts if post.lang),
        ),
    )


def _opened(content: Path, settings: Settings) -> Source:
    try:
        return open_source(settings)
    except ContentError as error:
        if content.is_dir() and "no posts found" in str(error):
            raise ContentError(f"{error}. {_remedy(content)}") from error
        raise


def _remedy(content: Path) -> str:
    """Which folder may be meant; some site below this one, if there is one."""
    told = "Name the folder of your blog: searchsvc init FOLDER"
    below = (
        [path for path in sorted(content.iterdir()) if path.is_dir()] if content.is_dir() else []
    )
    # The last two take any folder.
    for folder in below[:1_000]:
        for generator in GENERATORS[:-2]:
            if generator.root_of(folder) == folder:
                return f"{told}. In {folder} there is this: {generator.title}"
    return told


def _origin(url: str) -> str:
    host = host_and_path(url)[0]
    return f"{url.partition(':')[0].lower()}://{host}" if host else ""
