"""The service: an API and a search page over HTTP. ``app.py`` puts it together."""
