"""The service for any WSGI server: ``granian --interface wsgi searchsvc.wsgi:app``.

Settings come from ``searchsvc.toml`` and ``SEARCHSVC_…`` variables.
"""

from searchsvc.loading import load_settings
from searchsvc.web.app import create_app

app = create_app(load_settings())
