"""The preview as a command: reads the dossier, opens the socket, and runs until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from dossier.commands.reporting import Tell
from dossier.commands.serve.app import make_app
from dossier.commands.serve.inputs import read_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.preview import Preview
from dossier.engine.cache import Cache
from dossier.engine.memo import Memo, gc_paused
from dossier.engine.snapshot import DATA
from dossier.errors import MachineError, Problem

HOST = "127.0.0.1"


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
    """Serves the preview of the dossier at `root` until it is interrupted. `ready` is told its address. Raises MachineError."""
    begun = time.monotonic()
    listening = open_socket(port)
    cache = Cache(root)
    with gc_paused():
        workshop = LastGood(cache.memo(), url=url)
        inputs = read_inputs(root, folders=folders)
        workshop.take(inputs)
    show(workshop.problems)
    preview = Preview(
        root,
        workshop,
        inputs,
        show=show,
        tell=tell,
        save=lambda results: cache.save(Memo.of(results)),
    )
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    tell(f"ready in {time.monotonic() - begun:.1f} s")
    asyncio.run(_run(preview, listening, lambda: ready(address)))


def open_socket(port: int) -> socket.socket:
    """A socket on loopback, of that port, or of any that is free for 0. Raises MachineError where another program has it."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
    except OSError as error:
        opened.close()
        raise MachineError(
            f"cannot listen on port {port}: {(error.strerror or str(error)).lower()}; name another with --port"
        ) from error
    opened.listen(128)
    return opened


class _Server(uvicorn.Server):
    """Tells the preview when it is to end, so that open pages do not hold it up."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called when the process is asked to end."""
        self._closing()
        super().handle_exit(sig, frame)


async def _run(preview: Preview, listening: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        make_app(preview), log_level="warning", lifespan="off", access_log=False, server_header=False, ws="none",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = _Server(config, preview.close)
    keeping = asyncio.create_task(preview.run())
    asyncio.get_running_loop().call_later(0.05, ready)
    try:
        await server.serve(sockets=[listening])
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
