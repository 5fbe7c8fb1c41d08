"""The server: granian, with the app in as many processes as the settings say.

The only user of granian, which was quicker than the others that were measured,
and kept answering with 900 half-open connections (docs/architecture.md).
"""

import errno
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from searchsvc.errors import SettingsError
from searchsvc.settings import Settings
from searchsvc.web.app import create_app

# Connections that wait to be accepted, and that one process holds open, idle ones too.
BACKLOG = 1024
CONNECTIONS = 4096
# A request line and its headers; a query of 1,000 characters takes 12 kB at most.
MAX_HEAD_BYTES = 32 * 1024
HEAD_TIMEOUT_MS = 10_000
# How long requests in the making may go on once the server is told to stop.
STOP_TIMEOUT_S = 5

_REASONS = {
    errno.EADDRINUSE: "is taken by another program. Stop that one, or choose another: --port 8001",
    errno.EACCES: "needs rights that this user lacks. Choose one from 1024 up: --port 8000",
    errno.EADDRNOTAVAIL: "is no address of this machine. Choose another: --host 127.0.0.1",
}


def serve(
    settings: Settings,
    *,
    make_app: Callable[[Settings], Flask] = create_app,
    on_start: Callable[[str], None] | None = None,
) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those that are being answered.

    Args:
        make_app: makes the app in each process; a function that can be pickled.
            It gets the settings as they are here, options of the command line
            and all, so that nothing has to go through the environment.
        on_start: told the address, such as ``http://127.0.0.1:8000``, when it
            is sure that it is free; None to print where the search page is.

    Raises:
        SettingsError: the address cannot be listened at.
    """
    address = check_address(settings)
    server = Granian(
        "searchsvc.wsgi:app",
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        # HTTP/2 comes with larger buffers, and proxies speak HTTP/1 to us.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEAD_TIMEOUT_MS, max_buffer_size=MAX_HEAD_BYTES
        ),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT_S,
    )
    server.on_startup(partial(on_start or _tell, base_url(settings)))
    server.serve(target_loader=partial(_app_of_worker, make_app, settings), wrap_loader=False)


def _app_of_worker(make_app: Callable[[Settings], Flask], settings: Settings) -> Flask:
    """The app of one process, which ends when the process that started it has ended.

    Granian ends its workers when it is told to stop; killed with ``kill -9`` it
    cannot, and they would hold the port.
    """
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    return make_app(settings)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def check_address(settings: Settings) -> str:
    """The IP address to listen at, for the host in the settings.

    Granian lets several servers share a port, and would start beside another.

    Raises:
        SettingsError: nothing can listen there; says why and what to do.
    """
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"host is {host!r}. No address is known for it. Choose another: --host 127.0.0.1"
        ) from error
    family, kind, _, _, address = found[0]
    try:
        with socket.socket(family, kind) as probe:
            # As the server does: connections that have just ended do not hold the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"cannot be listened at ({error.strerror})")
        what = f"host {host}" if error.errno == errno.EADDRNOTAVAIL else f"port {port} on {host}"
        raise SettingsError(f"{what} {reason}") from error
    return str(address[0])


def base_url(settings: Settings) -> str:
    """Where a browser on this machine finds the service."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _tell(url: str) -> None:
    print(f"Search page: {url}/search")
    print(f"API:         {url}/api/search?q=words")
    print("Stop it with Ctrl-C.", flush=True)
