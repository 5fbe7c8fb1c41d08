"""Hugo's pages that readers do not find, besides drafts: by build options, or by a theme."""

from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.hugo_config import in_small
from searchsvc.posts.generators.postfile import PostFile

# What themes call pages that are but a search box or a list of all posts.
_LISTS = ("search", "archive", "archives")
# What themes call "not in the search": PaperMod, Docsy, Book.
_NOT_SEARCHED = ("searchhidden", "exclude_search", "booksearchexclude")


def kept_back(file: PostFile) -> str:
    """Why a page is not to be found, in a word or two; empty when it is."""
    if any(file.fields.says_something(key) for key in _NOT_SEARCHED):
        return "not searched"
    return _by_build(file.fields) or ("no text" if _is_list(file) else "")


def _by_build(fields: Fields) -> str:
    """Why a page is not among the pages of the site by its build options; empty if it is."""
    if fields.flag("headless"):
        return "headless"
    given = fields.values.get("build") or fields.values.get("_build")
    options = in_small(given if isinstance(given, dict) else {})
    if options.get("render") in ("never", "false", "link"):
        return "not rendered"
    return "unlisted" if options.get("list") in ("never", "false", "local") else ""


def _is_list(file: PostFile) -> bool:
    """Whether all that a page shows comes from its layout."""
    layouts = [file.fields.values.get(key) for key in ("layout", "type")]
    return not file.front.body.strip() and any(layout in _LISTS for layout in layouts)
