SITENAME = "Bakery"
SITEURL = "https://rolls.example"
PATH = "texts"
ARTICLE_PATHS = ["blog", "single.md"]
PAGE_PATHS = ["blog/pages"]
IGNORE_FILES = ["_*"]
TIMEZONE = "America/New_York"
DEFAULT_LANG = "de"
USE_FOLDER_AS_CATEGORY = False
DEFAULT_DATE = (2020, 2, 3, 4, 5)
DEFAULT_METADATA = {"status": "draft", "tags": "all"}
WITH_FUTURE_DATES = False
FILENAME_METADATA = ""
PATH_METADATA = r"(?P<path_no_ext>blog/(?P<category>[^/]+)/.*)\.\w+"
SLUGIFY_SOURCE = "basename"
SLUGIFY_PRESERVE_CASE = True
SLUG_REGEX_SUBSTITUTIONS = [
    (r"\+", "plus"),
    (r"[^\w-]+", "-"),
    (r"\A-|-\Z", ""),
]
ARTICLE_URL = "{category}/{date.year}/{date:%b-%d}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{date.year}/{date:%b-%d}/{slug}/index.html"
READERS = {"html": None}
PLUGIN_PATHS = ["../pelican/plugins"]
PLUGINS = ["published"]
