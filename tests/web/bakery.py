"""The posts that the service is asked about."""

from collections.abc import Callable

from builders import a_document
from flask.testing import FlaskClient

# Makes a client of a service over documents, with settings by name.
ClientMaker = Callable[..., FlaskClient]

BAKERY = (
    a_document(
        "rye",
        "Rye bread for beginners",
        "A dark loaf of bread, and no kneading.",
        url="/rye/",
        tags="bread rye",
        category="Baking",
        date="2025-05-23",
    ),
    a_document(
        "wheat",
        "Wheat bread",
        "A light loaf.",
        url="/wheat/",
        tags="bread wheat",
        category="Baking",
        date="2024-02-01",
    ),
    a_document(
        "oven",
        "An oven of clay",
        "It bakes anything.",
        url="/oven/",
        category="Tools",
        date="2023-08-09",
    ),
    a_document("about", "About", "Who we are.", url="/about/"),
)
