"""Checking: what a run would say of a blog, without an index; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from searchsvc.hygiene import TagReport, aliases_for, tag_report
from searchsvc.posts.post import LeftOut, Post, Problem, Reading


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was seen.

    Attributes:
        posts: how many can be used.
        problems: posts that cannot be used, or have an address twice, by place.
        left_out: files that are no posts for readers, by place.
        tags: what is odd about the tags.
        tag_aliases: the setting that would merge tags which may be one; holds those that
            are set already. Empty when there is nothing to merge.
    """

    posts: int
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    tags: TagReport
    tag_aliases: Mapping[str, tuple[str, ...]]

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many files are left out, by reason."""
        return Counter(sorted(one.reason for one in self.left_out))

    def to_json(self) -> dict[str, Any]:
        """The report for programs; ``docs/cli.md`` shows one."""
        counts = self.tags.counts
        return {
            "posts": self.posts,
            "problems": [
                {"id": p.post_id, "place": p.place, "reason": p.message} for p in self.problems
            ],
            "left_out": [
                {"id": one.post_id, "place": one.place, "reason": one.reason}
                for one in self.left_out
            ],
            "tags": {
                "counts": dict(sorted(counts.items())),
                "alike": [
                    {"tag": group.tag, "others": list(group.others), "reason": group.reason}
                    for group in self.tags.alike
                ],
                "once": list(self.tags.once),
            },
            "tag_aliases": {tag: list(names) for tag, names in self.tag_aliases.items()},
        }


def check(
    source: Iterable[Reading],
    *,
    language: str,
    tag_aliases: Mapping[str, tuple[str, ...]],
    on_read: Callable[[], None] = lambda: None,
) -> CheckReport:
    """Read all posts of a blog.

    Args:
        language: whose word endings are ignored when tags are compared.
        tag_aliases: those that are set already, and have been applied by the source.
        on_read: called after each reading, for a progress bar.
    """
    tags: list[tuple[str, ...]] = []
    problems: list[Problem] = []
    left_out: list[LeftOut] = []
    for reading in source:
        match reading:
            case Post():
                tags.append(reading.tags)
            case Problem():
                problems.append(reading)
            case LeftOut():
                left_out.append(reading)
        on_read()
    report = tag_report(tags, language)
    return CheckReport(
        posts=len(tags),
        problems=tuple(sorted(problems, key=lambda p: p.place)),
        left_out=tuple(sorted(left_out, key=lambda one: one.place)),
        tags=report,
        tag_aliases=aliases_for(report.alike, tag_aliases) if report.alike else {},
    )
