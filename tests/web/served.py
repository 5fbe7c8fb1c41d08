"""The real server in a process of its own, on a port that was free a moment ago.

Run as a script, it serves an app that tells its process and can be kept waiting.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from searchsvc import Settings
from searchsvc.web.app import create_app
from searchsvc.web.server import serve

DEADLINE_S = 30.0


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of an answer, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def command(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """Start Python with these arguments, without settings of whoever runs the tests."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SEARCHSVC_")}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def served(process: subprocess.Popen[str], port: int) -> Iterator[subprocess.Popen[str]]:
    """Wait until a server answers; stop it in the end, if need be."""
    try:
        _wait_until_it_answers(process, port)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=DEADLINE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _wait_until_it_answers(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"The server ended: {process.communicate()[0]}")
        try:
            get(port, "/healthz")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("The server did not answer in time")


def slow_app(settings: Settings) -> Flask:
    """The service, with addresses that tell its process, and that wait for a file."""
    app = create_app(settings)
    folder = settings.index_dir

    def wait() -> str:
        (folder / "waiting").touch()
        deadline = time.monotonic() + DEADLINE_S
        while not (folder / "go-on").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        return "done"

    app.add_url_rule("/pid", view_func=lambda: str(os.getpid()), endpoint="pid")
    app.add_url_rule("/wait", view_func=wait)
    return app


if __name__ == "__main__":
    serve(
        Settings(index_dir=Path(sys.argv[1]), port=int(sys.argv[2]), workers=int(sys.argv[3])),
        make_app=slow_app,
    )
