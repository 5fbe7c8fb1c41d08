"""Assembling: what the rules told of a post → the Post."""

from collections.abc import Sequence
from datetime import datetime

from searchsvc.documents import distinct
from searchsvc.posts.dates import in_utc
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.post import Post


def told_post(
    post_id: str,
    *,
    body: str,
    url: Told[str],
    title: Told[str],
    excerpt: Told[str],
    categories: Told[Sequence[str]],
    tags: Told[Sequence[str]],
    date: Told[datetime | None],
    opens: Told[datetime | None],
    closes: Told[datetime | None],
    lang: Told[str | None],
) -> Post:
    """Put a post together; each value comes with the rule that gave it.

    Args:
        url: the whole address, as readers need it.
        date: in the zone of the site.
        opens, closes: instants in any zone.
    """
    return Post(
        id=post_id,
        url=url.value,
        title=title.value,
        excerpt=excerpt.value,
        body=body,
        categories=distinct(categories.value),
        tags=distinct(tags.value),
        date=date.value.date() if date.value else None,
        visible_from=in_utc(opens.value) if opens.value else None,
        visible_until=in_utc(closes.value) if closes.value else None,
        lang=lang.value,
        rules={
            "url": url.rule,
            "title": title.rule,
            "excerpt": excerpt.rule,
            "categories": categories.rule,
            "tags": tags.rule,
            "date": date.rule,
            "visible_from": opens.rule,
            "visible_until": closes.rule,
            "lang": lang.rule,
        },
    )
