"""Writes what Pelican makes of its articles, as JSON, to a file: SEARCHSVC_PUBLISHED names it."""

import json
import os
from pathlib import Path
from typing import Any

from pelican import signals


def told(article: Any) -> dict[str, Any]:
    root = Path(article.settings["PATH"]).parent
    return {
        "path": Path(article.source_path).relative_to(root).as_posix(),
        "url": f"{article.settings['SITEURL']}/{article.url}",
        "title": str(article.title),
        "date": article.date.strftime("%Y-%m-%d"),
        "categories": [article.category.name],
        "tags": [tag.name for tag in getattr(article, "tags", ())],
        "excerpt": article.summary,
        "language": article.lang,
    }


def write(generator: Any) -> None:
    articles = [told(article) for article in (*generator.articles, *generator.translations)]
    Path(os.environ["SEARCHSVC_PUBLISHED"]).write_text(json.dumps(articles), encoding="utf-8")


def register() -> None:
    signals.article_generator_finalized.connect(write)
