"""Rendering: Markdown → HTML by cmark, GitHub's parser in C.

The only user of cmarkgfm: 6,000 posts a second on one core, where Markdown parsers in Python make
500. What it offers as a function never gives back the memory of the parsed text, some 100 kB for
a post of 1,500 words. So its steps are taken here one by one, and the memory is given back by two
functions that are in its library and not in its interface.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cmarkgfm import _cmark, cmark

_OPTIONS = (
    # Raw HTML has text too; line breaks within a paragraph are spaces.
    cmark.Options.CMARK_OPT_UNSAFE
    | cmark.Options.CMARK_OPT_NOBREAKS
    | cmark.Options.CMARK_OPT_FOOTNOTES
)
_EXTENSIONS = ("table", "strikethrough")
_ffi: Any = _cmark.ffi
_lib: Any = _cmark.lib


def html_of_markdown(markdown: str) -> str:
    """Render Markdown; raw HTML in it stays."""
    encoded = markdown.encode("utf-8")
    with _parser() as parser:
        _lib.cmark_parser_feed(parser, encoded, len(encoded))
        root = _lib.cmark_parser_finish(parser)
        try:
            extensions = _lib.cmark_parser_get_syntax_extensions(parser)
            rendered = _lib.cmark_render_html(root, _OPTIONS, extensions)
            html: str = _ffi.string(rendered).decode("utf-8")
            _free_text(rendered)
        finally:
            _free_node(root)
    return html


@contextmanager
def _parser() -> Iterator[Any]:
    parser = _lib.cmark_parser_new(_OPTIONS)
    try:
        for extension in _SYNTAX:
            _lib.cmark_parser_attach_syntax_extension(parser, extension)
        yield parser
    finally:
        _lib.cmark_parser_free(parser)


def _registered() -> list[Any]:
    _lib.cmark_gfm_core_extensions_ensure_registered()
    return [_lib.cmark_find_syntax_extension(name.encode()) for name in _EXTENSIONS]


def _freeing() -> tuple[Callable[[Any], None], Callable[[Any], None]]:
    """What frees a parsed text, and a rendered one; nothing where the library hides it."""
    try:
        library = ctypes.CDLL(_cmark.__file__)
        free_node, allocator = library.cmark_node_free, library.cmark_get_default_mem_allocator
    except (OSError, AttributeError):
        return _leave, _leave
    free_node.argtypes, free_node.restype = [ctypes.c_void_p], None
    allocator.restype = ctypes.c_void_p
    memory = _ffi.cast("cmark_mem *", allocator())
    return lambda root: free_node(int(_ffi.cast("uintptr_t", root))), memory.free


def _leave(_memory: Any) -> None:
    """What a build without these symbols does: the memory stays taken until the process ends."""


_SYNTAX = _registered()
_free_node, _free_text = _freeing()
