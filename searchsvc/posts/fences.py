"""Front matter as only one generator knows it: Hexo's ``;;;``, Eleventy's ``---json``.

Apart from ``frontmatter``, which has what most of them share. Sources: ``front_matter.ts`` of
hexo-front-matter 4, and Eleventy's documentation ("Front Matter Data").
"""

import json
import re

from searchsvc.posts.formats import Fenced, Format, Formats, Part, Toml, Yaml
from searchsvc.posts.jsliterals import Script
from searchsvc.posts.plainyaml import Parsed, parse_yaml
from searchsvc.posts.unusable import Unusable
from searchsvc.posts.values import as_text, json_lines

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
        return _parsed_json("{" + metadata + "}")


class NamedJson(Fenced):
    """A JSON object between ``---json`` and ``---``."""

    FM_BOUNDARY = re.compile(r"(?P<fence>-{3})json[ \t]*\n")
    END = r"^FENCE[ \t]*$"

    def parse(self, metadata: str) -> Parsed:
        return _parsed_json(metadata)


class NamedToml(Toml):
    """TOML between ``---toml`` and ``---``."""

    FM_BOUNDARY = re.compile(r"(?P<fence>-{3})toml[ \t]*\n")


class NamedYaml(Yaml):
    """YAML between ``---yaml`` and ``---``."""

    FM_BOUNDARY = re.compile(r"(?P<fence>-{3})ya?ml[ \t]*\n")


class NamedScript(Fenced):
    """JavaScript between ``---js`` and ``---``: an object, or variables. Literals only are read."""

    FM_BOUNDARY = re.compile(r"(?P<fence>-{3})(?:js|javascript)[ \t]*\n")
    END = r"^FENCE[ \t]*$"

    def parse(self, metadata: str) -> Parsed:
        script = Script(metadata)
        is_object = metadata.lstrip().startswith("{")
        value = script.value(0) if is_object else dict(script.statements())
        return Parsed(value, {}, set(value) if isinstance(value, dict) else set())


def _parsed_json(text: str) -> Parsed:
    try:
        value = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg}. Mend the quotes and commas"
        raise Unusable(message, error.lineno) from error
    except RecursionError as error:
        raise Unusable("The front matter is nested too deeply", 1) from error
    keys = value if isinstance(value, dict) else {}
    return Parsed(as_text(value), json_lines(text, keys), set(keys))


HEXO: Formats = (Yaml(), BareJson(), OpenYaml())
ELEVENTY: Formats = (Yaml(), NamedJson(), NamedScript(), NamedToml(), NamedYaml())
