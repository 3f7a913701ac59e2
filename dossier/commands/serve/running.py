"""Run the preview as a command: read the dossier, open the socket, and serve until stopped."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec

import uvicorn

from dossier.commands.reporting import Tell
from dossier.commands.serve.app import make_app, unless_gone
from dossier.commands.serve.inputs import read_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.preview import Preview
from dossier.engine.cache import Cache
from dossier.engine.memo import Memo, gc_paused
from dossier.engine.snapshot import DATA
from dossier.errors import MachineError, Problem, reason_of

P = ParamSpec("P")
HOST = "127.0.0.1"
WAITING = 128  # connections that may wait to be taken up
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(
    root: Path,
    port: int,
    *,
    url: str | None,
    tell: Tell,
    show: Callable[[tuple[Problem, ...]], None],
    ready: Tell,
    folders: tuple[str, ...] = DATA,
) -> None:
    """Serve the preview of the dossier at `root` until interrupted. `ready` is told its address. Raise MachineError."""
    begun = time.monotonic()
    listening = open_socket(port)
    cache = Cache(root)
    with gc_paused():
        last_good = LastGood(cache.memo(), url=url)
        inputs = read_inputs(root, folders=folders)
        last_good.take(inputs)
    unless_closed(show, last_good.problems)
    preview = Preview(root, last_good, inputs, show=show, tell=tell)
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    unless_closed(tell, f"ready in {time.monotonic() - begun:.1f} s")
    asyncio.run(_run(preview, listening, lambda: ready(address), tell))
    cache.save(Memo.of(preview.results()))


def open_socket(port: int) -> socket.socket:
    """Open a socket on loopback, of that port, or of any that is free for 0. Raise MachineError where another program has it."""
    # With its protocol named: only then does asyncio send small answers at once (40 ms each otherwise).
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
    except OSError as error:
        opened.close()
        raise MachineError(f"cannot listen on port {port}: {reason_of(error)}; name another with --port") from error
    opened.listen(WAITING)
    return opened


def unless_closed(work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Say something, and go on where nobody can read it: the terminal is gone, or the disk full."""
    with contextlib.suppress(OSError, ValueError):
        work(*args, **kwargs)


class _Server(uvicorn.Server):
    """A server that tells the preview when it is to end, so that open pages do not hold it up, and then ends well."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take every way in which people end a program for the same; a second one does not wait for anybody."""
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self._end)
        try:
            yield
        finally:
            for number in ENDING:
                loop.remove_signal_handler(number)
                signal.signal(number, signal.SIG_IGN)  # it is ending

    def _end(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True
        self._closing()


def _fault_teller(tell: Tell) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """Return what a loop does with a fault that nobody catches: where descriptors are used up it says so once a second, not at each attempt."""
    said = -math.inf

    def tell_fault(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal said
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in (errno.EMFILE, errno.ENFILE):
            loop.default_exception_handler(context)
        elif loop.time() - said > 1:
            said = loop.time()
            unless_closed(tell, "too many files are open: new connections wait until some are closed")

    return tell_fault


async def _run(preview: Preview, listening: socket.socket, ready: Callable[[], None], tell: Tell) -> None:
    asyncio.get_running_loop().set_exception_handler(_fault_teller(tell))
    config = uvicorn.Config(
        unless_gone(make_app(preview)), log_level="warning", lifespan="off", access_log=False, server_header=False, ws="none",
        backlog=WAITING, timeout_graceful_shutdown=10,  # seconds; whoever cannot wait ends it once more
    )  # fmt: skip
    server = _Server(config, preview.close)
    following = asyncio.create_task(preview.run())
    asyncio.get_running_loop().call_later(0.05, unless_closed, ready)
    try:
        await server.serve(sockets=[listening])
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
