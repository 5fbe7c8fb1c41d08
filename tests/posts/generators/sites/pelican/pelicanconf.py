AUTHOR = "Ann Baker"
SITENAME = "Bakery"
SITEURL = ""
PATH = "content"
TIMEZONE = "Asia/Tokyo"
DEFAULT_LANG = "en"
DEFAULT_CATEGORY = "Crumbs"
DEFAULT_METADATA = {"series": "none"}

_PREFIX = "posts/"
ARTICLE_URL = _PREFIX + "{date:%Y}/{category}/{slug}.html"
ARTICLE_SAVE_AS = ARTICLE_URL
ARTICLE_LANG_URL = f"{_PREFIX}{{lang}}/{{slug}}.html"
ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL
ARTICLE_EXCLUDES = ["notes/private"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {
    "by-path": {"lang": "de", "status": "draft"},
    "by-path/kept.md": {"status": "published"},
    "notes/hidden-by-path.md": {"status": "hidden"},
}
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)"
SUMMARY_MAX_LENGTH = 12
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["published"]
