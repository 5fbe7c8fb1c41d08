"""Service: what a request needs to be answered. One for each app."""

from dataclasses import dataclass

from flask import Flask, current_app

from searchsvc.engines.protocol import Engine
from searchsvc.settings import Settings

_NAME = "searchsvc"


@dataclass(frozen=True, slots=True)
class Service:
    """The engine that is asked, and the settings that hold."""

    engine: Engine
    settings: Settings


def attach(app: Flask, service: Service) -> None:
    """Make the service known to the app's views."""
    app.extensions[_NAME] = service


def service() -> Service:
    """The service of the app that answers now."""
    found = current_app.extensions[_NAME]
    assert isinstance(found, Service)
    return found
