"""Who may import whom: down the list of layers, and each outside package from one home only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import searchsvc

ROOT = Path(searchsvc.__file__).parent

# From the edges down; a module belongs to the first line that names it or a package above it.
LAYERS: tuple[tuple[str, ...], ...] = (
    (
        *("__main__", "cli", "cli_check", "cli_eval", "cli_explain_post", "cli_init"),
        *("cli_lookups", "cli_options", "cli_reindex", "cli_runs", "cli_verify", "cli_watch"),
        *("pace", "process", "terminal", "wsgi", "web"),
    ),
    (
        *("indexing", "comparing", "checking", "evaluation", "judged", "figures", "wire"),
        *("hygiene", "sitepages", "starting", "surveying", "verifying", "watching"),
    ),
    ("posts", "engines"),
    ("loading",),
    ("rules",),
    ("results", "resolving", "synonyms", "suggestions", "relations"),
    ("explanation", "documents"),
    ("units", "posts.post"),
    ("queries", "ranking", "corrections"),
    ("settings",),
    ("settings_values",),
    ("text",),
    ("errors",),
)
# The package itself gathers what Python users need, so it is read by nobody below.
TOP = ""

# Where each outside package may be imported: modules, or packages with all that is in them.
HOMES: dict[str, tuple[str, ...]] = {
    "whoosh": ("engines.local.store", "engines.local.whoosh_blocks"),
    "numpy": ("engines.local",),
    "rapidfuzz": ("engines.local.segment",),
    "filelock": ("engines.local",),
    "cmarkgfm": ("posts.rendering",),
    "frontmatter": ("posts.formats", "posts.frontmatter"),
    "lxml": ("posts.trees",),
    "yaml": ("posts.plainyaml",),
    "Stemmer": ("text.stemming",),
    "pydantic": ("settings", "settings_values", "loading"),
    "granian": ("web.server",),
    "flask": ("web",),
    "flask_cors": ("web",),
    "werkzeug": ("web",),
    "markupsafe": ("web",),
    "click": (
        *("cli", "cli_check", "cli_eval", "cli_explain_post", "cli_init", "cli_lookups"),
        *("cli_options", "cli_reindex", "cli_runs", "cli_verify", "cli_watch"),
        *("process", "terminal"),
    ),
    "watchfiles": ("watching",),
    "orjson": ("web.answers", "posts.jsonline"),
}


@cache
def modules() -> dict[str, tuple[str, ...]]:
    """Each module of searchsvc and what it imports: ``posts.post``, or an outside package."""
    return {name: tuple(_imports(path, name)) for name, path in _files()}


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _imports(path: Path, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (_shown(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports by dots; write the whole name"
            assert node.module is not None
            yield from (_imported(node.module, alias.name) for alias in node.names)


def _imported(module: str, name: str) -> str:
    """``from a import b`` imports ``a.b`` when that is a module, else ``a``."""
    inside = module.removeprefix("searchsvc").lstrip(".").split(".")
    parts = [part for part in inside if part] if module.startswith("searchsvc") else []
    below = ROOT.joinpath(*parts, name)
    if module.split(".")[0] == "searchsvc" and (
        below.with_suffix(".py").exists() or below.is_dir()
    ):
        return ".".join([*parts, name])
    return _shown(module)


def _shown(module: str) -> str:
    """Our own modules without ``searchsvc.``, others by their first name."""
    first, _, rest = module.partition(".")
    return rest if first == "searchsvc" else f"{first}!"


def is_within(module: str, home: str) -> bool:
    """Whether a module is the home or lies in it."""
    return module == home or module.startswith(f"{home}.")


def layer(module: str) -> int:
    """The number of a module's layer, 0 for the edges; the longest name decides."""
    fitting = [
        (len(home), number)
        for number, homes in enumerate(LAYERS)
        for home in homes
        if is_within(module, home)
    ]
    assert fitting, f"{module} is in no layer: add it to LAYERS"
    return max(fitting)[1]


def own_imports() -> Iterator[tuple[str, str]]:
    """Each module of ours with each module of ours that it imports."""
    for name, imported in modules().items():
        yield from ((name, other) for other in imported if not other.endswith("!"))


def test_imports_point_down_the_layers() -> None:
    wrong = [
        f"{name} (layer {layer(name)}) imports {other} (layer {layer(other)})"
        for name, other in own_imports()
        if TOP not in (name, other) and layer(name) > layer(other)
    ]

    assert wrong == []


def test_only_edges_import_the_package_itself() -> None:
    above = [name for name, other in own_imports() if other == TOP and layer(name) > 0]

    # They need its version.
    assert set(above) <= {"engines.local.building", "engines.local.opening"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {o for n, o in own_imports() if n == name and o != TOP} for name in modules()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for other in sorted(graph[name]):
                walk(other, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())


def test_every_outside_package_has_one_home() -> None:
    astray = [
        f"{name} imports {package}"
        for name, imported in modules().items()
        for package in {other.removesuffix("!") for other in imported if other.endswith("!")}
        if package not in sys.stdlib_module_names
        if not any(is_within(name, home) for home in HOMES.get(package, ()))
    ]

    assert astray == []


def test_every_home_is_lived_in() -> None:
    imported = {
        (package.removesuffix("!"), name)
        for name, others in modules().items()
        for package in others
    }

    for package, homes in HOMES.items():
        for home in homes:
            assert any(p == package and is_within(name, home) for p, name in imported), (
                f"{home} does not import {package}: take it out of HOMES"
            )


def test_posts_and_engines_do_not_know_each_other() -> None:
    crossing = [
        (name, other)
        for name, other in own_imports()
        for a, b in (("posts", "engines"), ("engines", "posts"))
        if is_within(name, a) and is_within(other, b) and other != "posts.post"
    ]

    assert crossing == []


def test_nothing_reads_the_environment_below_the_edges_but_settings() -> None:
    reading = [
        name
        for name, path in _files()
        if "os.environ" in path.read_text(encoding="utf-8") and name and layer(name) > 0
    ]

    assert reading == ["loading"]


def test_nothing_prints_below_the_edges() -> None:
    printing = [
        name
        for name, path in _files()
        if name and layer(name) > 0
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "print"
    ]

    assert printing == []


@pytest.mark.parametrize(
    "package", ["whoosh", "flask", "granian", "numpy", "click", "cmarkgfm", "lxml", "watchfiles"]
)
def test_importing_searchsvc_does_not_import_what_is_not_needed_yet(package: str) -> None:
    code = f"import sys, searchsvc; sys.exit({package!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
