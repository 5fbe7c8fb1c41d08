"""Engines: what holds an index and answers. All keep to ``engines.protocol``."""

from searchsvc.engines.protocol import Engine
from searchsvc.settings import Settings


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings name. Cheap: files are opened when first asked for."""
    from searchsvc.engines.local.engine import LocalEngine  # not before it is needed: numpy

    return LocalEngine(settings)
