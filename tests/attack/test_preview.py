"""The preview never goes deaf, dies or answers strangers, whatever tabs, files, logs and other sites do."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import subprocess
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from watchdog.observers import Observer

from dossier.commands.serve import preview as previewing
from dossier.commands.serve.inputs import read_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.news import page_for_browser
from dossier.commands.serve.preview import Preview
from dossier.commands.serve.running import open_socket
from dossier.engine.memo import Memo
from tests.conftest import PATIENCE

from . import write_dossier
from .serving import SERVE, Serving, serving, wait_for

T = TypeVar("T")


def run_apart(story: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: a browser's driver may hold this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Serving]:
    with serving(write_dossier(tmp_path / "root")) as found:
        yield found


def test_tabs_that_close_at_once_do_not_make_it_deaf(running: Serving) -> None:
    for turn in range(3):
        tabs = [running.follow() for _ in range(20)]
        assert all(b"200 OK" in tab.recv(1000) for tab in tabs)
        for tab in tabs:
            tab.close()
        running.retitle(f"عنوان {turn}")
        assert running.shows(f"عنوان {turn}")
    with running.follow() as tab:
        tab.recv(1000)
        running.retitle("آخر عنوان")
        assert wait_for(lambda: b"event:" in tab.recv(1000))


def test_many_tabs_and_idle_sockets_hold_nobody_up(running: Serving) -> None:
    idle = [running.connect() for _ in range(200)]
    tabs = [running.follow() for _ in range(500)]
    running.retitle("عنوان جديد")
    assert running.shows("عنوان جديد")
    for opened in (*idle, *tabs):
        opened.close()


REFUSED = (
    ("Origin: https://example.org", 403),
    ("Origin: null", 403),
    ("Origin: http://127.0.0.1:1", 403),
    ("Sec-Fetch-Site: cross-site", 403),
    ("Sec-Fetch-Site: same-site", 403),
    ("Sec-Fetch-Site: anything", 403),
)


@pytest.mark.parametrize("address", ["/", "/@preview/events?page=/", "/@preview/client.js", "/nothing"])
def test_other_sites_are_answered_nothing(running: Serving, address: str) -> None:
    for header, status in REFUSED:
        assert running.ask(address, header) == (
            status,
            "this preview answers no other site: type its address yourself\n",
        )
    assert running.ask(address, host="example.org")[0] == 421
    assert running.ask(address, host=f"127.0.0.1:{running.port}@example.org")[0] == 421


def test_its_own_pages_are_answered(running: Serving) -> None:
    for headers in (("Sec-Fetch-Site: same-origin",), ("Sec-Fetch-Site: none",), ()):
        assert running.ask("/", *headers)[0] == 200
    assert running.ask("/", f"Origin: http://127.0.0.1:{running.port}")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_clean(number: signal.Signals, running: Serving) -> None:
    tabs = [running.follow() for _ in range(5)]
    assert all(b"200 OK" in tab.recv(1000) for tab in tabs)
    running.process.send_signal(number)
    assert running.process.wait(PATIENCE) == 0
    assert "Traceback" not in running.log and "Error" not in running.log


def test_a_root_that_was_moved_away_is_not_made_again_and_found_when_it_returns(running: Serving) -> None:
    assert wait_for(lambda: "search indexed" in running.log)
    away = running.root.parent / "away"
    running.root.rename(away)
    assert wait_for(lambda: "the last good pages stay" in running.log)
    assert not running.root.exists()
    assert "ملف الميناء" in running.ask("/")[1]
    away.rename(running.root)
    running.retitle("عاد الملف")
    assert running.shows("عاد الملف")


def test_a_root_that_is_away_at_the_end_is_not_made_again(running: Serving) -> None:
    assert wait_for(lambda: "search indexed" in running.log)
    running.root.rename(running.root.parent / "away")
    running.process.terminate()
    assert running.process.wait(PATIENCE) == 0
    assert not running.root.exists()


def test_a_log_that_nobody_reads_any_more_stops_nothing(tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "root")
    with subprocess.Popen([*SERVE, str(root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline().decode()
        process.stdout.close()
        process.stderr.close()
        found = Serving(root, int(line.split(":")[2].split("/")[0]), process)
        try:
            for turn in range(5):
                found.retitle(f"عنوان {turn}")
                assert found.shows(f"عنوان {turn}")
            process.terminate()
            assert process.wait(PATIENCE) in (0, 120)  # Python's own last flush may fail
        finally:
            process.kill()


def test_without_descriptors_it_waits_and_goes_on(tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "root")
    with serving(root, before=("prlimit", "--nofile=64:64")) as running:
        hogs = []
        for _ in range(80):
            try:
                hogs.append(running.connect())
            except OSError:
                break
        running.retitle("في الزحام")
        for hog in hogs:
            hog.close()
        assert running.shows("في الزحام")
        running.retitle("بعد الزحام")
        assert running.shows("بعد الزحام")
        told = running.log.splitlines()
        assert "too many files are open: new connections wait until some are closed" in told
        assert len(told) < 100  # and not a traceback for each attempt


class Heard:
    """A preview inside this process, what it said, and how its parts fail."""

    def __init__(self, root: Path) -> None:
        self.said: list[str] = []
        self.fails = 0
        self.root = root
        last_good, inputs = LastGood(Memo()), read_inputs(root)
        last_good.take(inputs)
        self.preview = Preview(root, last_good, inputs, show=lambda _: None, tell=self.tell)

    def tell(self, line: str) -> None:
        self.said.append(line)
        if self.fails:
            self.fails -= 1
            raise OSError(28, "No space left on device")

    async def shows(self, text: str) -> bool:
        for _ in range(PATIENCE * 20):
            answer, _, _ = await self.preview.ask(page_for_browser, self.preview.last_good, "/")
            if answer and text in answer.body.decode():
                return True
            await asyncio.sleep(0.05)
        return False

    def retitle(self, title: str) -> None:
        (self.root / "content/dossier.yaml").write_text(f"title: {title}\n", "utf-8")

    def run(self, story: Callable[[Heard], object]) -> None:
        async def main() -> None:
            keeping = asyncio.create_task(self.preview.run())
            await asyncio.sleep(0.2)
            await story(self)  # type: ignore[misc]  # a coroutine
            assert not keeping.done()
            keeping.cancel()

        run_apart(main())


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(previewing, "PAUSE", 0.05)
    monkeypatch.setattr(Preview, "_index_behind", lambda self: asyncio.sleep(3600))
    return Heard(write_dossier(tmp_path / "root"))


def test_a_full_disk_under_its_log_stops_nothing(heard: Heard) -> None:
    async def story(heard: Heard) -> None:
        for turn in range(3):
            heard.fails = 10
            heard.retitle(f"عنوان {turn}")
            assert await heard.shows(f"عنوان {turn}")

    heard.run(story)


@pytest.mark.parametrize("part", ["refresh_inputs", "read_inputs"])
@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), MemoryError(), RuntimeError("x")], ids=repr)
def test_a_fault_in_its_keeper_is_said_and_the_edit_shown_all_the_same(
    part: str, error: Exception, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, left = getattr(previewing, part), [3]

    def failing(*args: object) -> object:
        if left[0]:
            left[0] -= 1
            raise error
        return work(*args)

    async def story(heard: Heard) -> None:
        monkeypatch.setattr(previewing, part, failing)
        heard.retitle("بعد الخلل")
        if part == "read_inputs":
            (heard.root / "content/new").mkdir()  # a folder that came wants a look at everything
        assert await heard.shows("بعد الخلل")
        assert any("stumbled" in line for line in heard.said)

    heard.run(story)


def test_out_of_watches_it_says_so_and_looks_by_itself(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", refuse)

    async def story(heard: Heard) -> None:
        for turn in range(2):
            heard.retitle(f"عنوان {turn}")
            assert await heard.shows(f"عنوان {turn}")
        assert len([line for line in heard.said if "does not tell of changes" in line]) == 1
        monkeypatch.undo()
        for _ in range(PATIENCE * 20):
            if "changes are heard again" in heard.said:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(heard.said)

    heard.run(story)


def test_cancelled_followers_leave_nothing(heard: Heard) -> None:
    async def story(heard: Heard) -> None:
        from dossier.commands.serve.news import Shown

        async def follow() -> None:
            async for _ in heard.preview.follow(Shown(page="/")):
                pass

        for _ in range(30):
            tabs = [asyncio.create_task(follow()) for _ in range(20)]
            await asyncio.sleep(0.002)
            heard.preview._notify()
            for tab in tabs:
                tab.cancel()
            await asyncio.gather(*tabs, return_exceptions=True)
        assert not heard.preview._followers
        heard.retitle("بعدهم")
        assert await heard.shows("بعدهم")

    heard.run(story)


def test_addresses_that_are_made_up_are_not_kept(tmp_path: Path) -> None:
    last_good = LastGood(Memo())
    last_good.take(read_inputs(write_dossier(tmp_path / "root")))
    assert last_good.built is not None
    sizes = set()
    for number in range(300):
        answer = last_good.answer(f"/made-up/{number}/")
        assert answer is not None and answer.status == 404
        sizes.add((len(last_good._last_answers), len(last_good.built._answers)))
    assert len(sizes) == 1


def test_answers_are_sent_at_once() -> None:
    """Small answers wait for 40 ms where a connection does not say that it delays nothing."""

    async def main() -> int:
        listening = open_socket(0)
        accepted: list[socket.socket] = []
        done = asyncio.Event()

        class Listener(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                accepted.append(transport.get_extra_info("socket"))
                done.set()

        server = await asyncio.get_running_loop().create_server(Listener, sock=listening)
        with socket.create_connection(listening.getsockname()):
            await done.wait()
            option = accepted[0].getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        server.close()
        return option

    assert run_apart(main())


def test_a_killed_preview_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "root")
    with serving(root) as running:
        running.process.kill()
        running.process.wait()
    with serving(root) as running:
        assert wait_for(lambda: "search indexed" in running.log)
    assert {path.name for path in root.iterdir()} == {"content", "seeds"}


def test_what_was_alive_during_an_edit_can_be_garbage_later(heard: Heard) -> None:
    """Connections that were open while garbage was frozen stayed for ever: 15 KB an edit."""

    async def story(heard: Heard) -> None:
        frozen = gc.get_freeze_count()
        for turn in range(5):
            heard.retitle(f"عنوان {turn}")
            assert await heard.shows(f"عنوان {turn}")
        assert gc.get_freeze_count() == frozen

    heard.run(story)
