"""The preview as a process, and requests to it over plain sockets."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PATIENCE, ROOT

SERVE = (sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", "--root")


@dataclass(frozen=True)
class Serving:
    root: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return (self.root.parent / f"{self.root.name}.log").read_text("utf-8", "replace")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ask(self, address: str, *headers: str, host: str = "") -> tuple[int, str]:
        """Status and body of an answer."""
        with self.connect() as client:
            client.sendall(request(address, host or f"127.0.0.1:{self.port}", "Connection: close", *headers))
            data = b"".join(iter(lambda: client.recv(65536), b""))
        head, _, body = data.partition(b"\r\n\r\n")
        return int(head.split()[1]), body.decode("utf-8", "replace")

    def follow(self, page: str = "/") -> socket.socket:
        """A tab that is open."""
        client = self.connect()
        client.sendall(request(f"/@preview/events?page={page}", f"127.0.0.1:{self.port}"))
        return client

    def shows(self, text: str, address: str = "/") -> bool:
        return wait_for(lambda: text in self.ask(address)[1])

    def retitle(self, title: str) -> None:
        """An edit, saved by renaming."""
        draft = self.root / "content/.draft"
        draft.write_text(f"title: {title}\n", "utf-8")
        draft.replace(self.root / "content/dossier.yaml")

    def memory(self) -> int:
        """What the process holds, in KB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]  # every process has it


def request(address: str, host: str, *headers: str) -> bytes:
    return "\r\n".join((f"GET {address} HTTP/1.1", f"Host: {host}", *headers, "", "")).encode()


def wait_for(done: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def serving(root: Path, before: Sequence[str] = ()) -> Iterator[Serving]:
    """A preview of the dossier at `root`; `before` is what its command is run by."""
    with (
        open(root.parent / f"{root.name}.log", "wb") as log,
        subprocess.Popen([*before, *SERVE, str(root)], stdout=subprocess.PIPE, stderr=log) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline().decode()
            found = re.match(r"http://127\.0\.0\.1:(\d+)/", line)
            assert found, (line, (root.parent / f"{root.name}.log").read_text("utf-8"))
            yield Serving(root, int(found[1]), process)
        finally:
            process.send_signal(signal.SIGKILL)
