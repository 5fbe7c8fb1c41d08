"""Front matter as only one generator knows it: Hexo's ``;;;`` and none at all before it.

Apart from ``frontmatter``, which has what most of them share. Source: ``front_matter.ts`` of
hexo-front-matter 4.
"""

import json
import re

from searchsvc.posts.frontmatter import Format, Formats, Part, Yaml, as_text, json_lines
from searchsvc.posts.plainyaml import Parsed, parse_yaml
from searchsvc.posts.unusable import Unusable

_KEY = r"(?=[\"']?[^\W\d][\w-]*[\"']?[ \t]*:(?:\s|$|\"))"


class _UntilFence(Format):
    """Metadata that ends at a fence and may begin without one."""

    def part(self, text: str) -> Part | None:
        found = self.FM_BOUNDARY.match(text) if self.FM_BOUNDARY else None
        if found is None:
            return None
        return Part(found["metadata"], text[found.end() :], 1 if found["opening"] else 0)


class OpenYaml(_UntilFence):
    """YAML from the first line on, until ``---``."""

    FM_BOUNDARY = re.compile(
        rf"(?P<opening>){_KEY}(?P<metadata>(?:(?!;;;).*\n)+?)-{{3,}}[ \t]*(?:\n|\Z)", re.MULTILINE
    )
    MAY_BE_TEXT = True

    def parse(self, metadata: str) -> Parsed:
        return parse_yaml(metadata)


class BareJson(_UntilFence):
    """The inside of a JSON object, until ``;;;`` and with or without ``;;;`` before it."""

    FM_BOUNDARY = re.compile(
        r"(?:(?P<opening>;{3,})\n|(?=\s*\"))(?P<metadata>(?:(?!---).*\n)+?)"
        r"(?(opening)(?P=opening)|;{3,})[ \t]*(?:\n|\Z)"
    )

    def parse(self, metadata: str) -> Parsed:
        try:
            value = json.loads("{" + metadata + "}", parse_float=str, parse_int=str)
        except json.JSONDecodeError as error:
            message = f"This is not JSON: {error.msg}. Mend the quotes and commas"
            raise Unusable(message, error.lineno) from error
        except RecursionError as error:
            raise Unusable("The front matter is nested too deeply", 1) from error
        return Parsed(as_text(value), json_lines(metadata, value), set(value))


HEXO: Formats = (Yaml(), BareJson(), OpenYaml())
