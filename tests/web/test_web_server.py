"""The service behind its real server: started, asked and stopped from outside."""

import json
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import served
from bakery import BAKERY
from builders import a_document
from served import DEADLINE_S, command, free_port, get

from searchsvc import Settings, open_engine
from searchsvc.errors import SettingsError
from searchsvc.web.server import base_url, check_address


def index_in(folder: Path) -> Path:
    open_engine(Settings(index_dir=folder / "index")).replace_all(BAKERY)
    return folder / "index"


def test_the_command_serves_with_its_options(tmp_path: Path) -> None:
    index, port = index_in(tmp_path), free_port()
    (tmp_path / "searchsvc.toml").write_text('per_page = 1\nsite_name = "The Slow Loaf"\n')
    process = command("-m", "searchsvc", "serve", "--port", port, "--index", index, folder=tmp_path)

    with served.served(process, port):
        status, answer = get(port, "/api/search?q=bread")
        page = get(port, "/search?q=caf%C3%A9")[1]

    said = process.returncode
    assert status == 200
    assert len(json.loads(answer)["hits"]) == 1
    assert json.loads(answer)["total"] == 2
    assert "The Slow Loaf" in page
    assert "“café”" in page
    assert said == 0


def test_it_says_where_the_search_page_is(tmp_path: Path) -> None:
    port = free_port()
    process = command("-m", "searchsvc", "serve", "--port", port, folder=tmp_path)

    with served.served(process, port):
        process.send_signal(signal.SIGINT)
        printed = process.communicate(timeout=DEADLINE_S)[0]

    assert f"http://127.0.0.1:{port}/search" in printed
    assert "Traceback" not in printed


def test_all_workers_answer(tmp_path: Path) -> None:
    index, port = index_in(tmp_path), free_port()
    process = command(served.__file__, index, port, 2, folder=tmp_path)

    with served.served(process, port):
        pids: set[str] = set()
        deadline = time.monotonic() + DEADLINE_S
        while len(pids) < 2 and time.monotonic() < deadline:
            pids.add(get(port, "/pid")[1])
        found = {json.loads(get(port, "/api/search?q=rye")[1])["total"] for _ in range(20)}

    assert len(pids) == 2
    assert str(process.pid) not in pids
    assert found == {1}


def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    index, port = index_in(tmp_path), free_port()
    process = command(served.__file__, index, port, 2, folder=tmp_path)

    with served.served(process, port):
        process.kill()
        process.wait()
        deadline = time.monotonic() + DEADLINE_S
        while _answers(port) and time.monotonic() < deadline:
            pass

    assert not _answers(port)


def test_a_new_generation_reaches_all_workers_and_no_answer_fails(tmp_path: Path) -> None:
    index, port = index_in(tmp_path), free_port()
    process = command(served.__file__, index, port, 2, folder=tmp_path)

    with served.served(process, port):
        open_engine(Settings(index_dir=index)).replace_all([a_document("new", "Rye, the new post")])
        answers: list[tuple[int, str]] = []
        deadline = time.monotonic() + DEADLINE_S
        while time.monotonic() < deadline and not is_settled(answers):
            answers.append(get(port, "/api/search?q=rye"))

    assert is_settled(answers)
    assert {status for status, _ in answers} == {200}
    assert all(ids_in(body) in (["rye"], ["new"]) for _, body in answers)


def is_settled(answers: list[tuple[int, str]]) -> bool:
    """Whether answers of both workers, and they take turns by chance, are the new ones."""
    return len(answers) >= 40 and all(ids_in(body) == ["new"] for _, body in answers[-40:])


def ids_in(body: str) -> list[str]:
    return [hit["id"] for hit in json.loads(body)["hits"]]


def test_a_request_that_is_being_answered_is_finished_before_it_stops(tmp_path: Path) -> None:
    index, port = index_in(tmp_path), free_port()
    process = command(served.__file__, index, port, 1, folder=tmp_path)

    with served.served(process, port), ThreadPoolExecutor() as pool:
        answer = pool.submit(get, port, "/wait")
        deadline = time.monotonic() + DEADLINE_S
        while not (index / "waiting").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        (index / "go-on").touch()

        assert answer.result(timeout=DEADLINE_S) == (200, "done")
        assert process.wait(timeout=DEADLINE_S) == 0


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = command("-m", "searchsvc", "serve", "--port", port, folder=tmp_path)

        printed = process.communicate(timeout=DEADLINE_S)[0]

    assert process.returncode == 2
    assert f"port {port} on 127.0.0.1 is taken" in printed
    assert "--port" in printed
    assert "Traceback" not in printed


def test_two_servers_do_not_share_a_port(tmp_path: Path) -> None:
    port = free_port()
    first = command("-m", "searchsvc", "serve", "--port", port, folder=tmp_path)

    with served.served(first, port):
        second = command("-m", "searchsvc", "serve", "--port", port, folder=tmp_path)
        printed = second.communicate(timeout=DEADLINE_S)[0]

    assert second.returncode == 2
    assert "is taken" in printed


def test_a_large_head_is_refused(tmp_path: Path) -> None:
    port = free_port()
    process = command("-m", "searchsvc", "serve", "--port", port, folder=tmp_path)

    with (
        served.served(process, port),
        socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_S) as connection,
    ):
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 100_000)
        answered = connection.recv(100)

    assert b" 431 " in answered


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_told(host: str) -> None:
    with pytest.raises(SettingsError, match=f"{host}.*--host"):
        check_address(Settings(host=host))


def test_the_address_that_is_told_can_be_opened() -> None:
    assert base_url(Settings(host="0.0.0.0", port=80)) == "http://127.0.0.1:80"
    assert base_url(Settings(host="::", port=8000)) == "http://[::1]:8000"
    assert base_url(Settings(host="blog.example")) == "http://blog.example:8000"


def test_other_servers_find_the_app_with_settings_from_the_environment(tmp_path: Path) -> None:
    index = index_in(tmp_path)
    code = "from searchsvc.wsgi import app; print(app.test_client().get('/readyz').text)"
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={"SEARCHSVC_INDEX_DIR": str(index)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=True,
    )

    assert json.loads(process.stdout)["posts"] == 4


def _answers(port: int) -> bool:
    try:
        return get(port, "/healthz")[0] == 200
    except OSError:
        return False
