"""Inputs changed at random: `python -m tests.attack.fuzz SECONDS [SEED]` gives each kind of input a share of the time.

Each kind says what may come of it; anything else is a find, and so is what takes longer than `SLOW` seconds of the processor.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from dossier.articles.captures import read_capture
from dossier.articles.source_text import UnreadableText
from dossier.commands.copies import NotACopy
from dossier.commands.pipeline import compose
from dossier.commands.verify import verify
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.errors import ContentError
from dossier.language.markdown import all_links, plain_text, render_markdown

from . import FILES, write_dossier
from .bags import bag, write_zip
from .serving import Serving, serving
from .test_captures import PAGE, PARAGRAPH
from .test_hostile_words import PIECES

SLOW = 10.0  # seconds of the processor for one input
Check = Callable[[bytes], None]


@dataclass
class Found:
    """How often a kind of input was tried, and what was found, with the input."""

    tried: int = 0
    finds: list[tuple[str, bytes]] = field(default_factory=list)


def mutate(data: bytes, draw: random.Random) -> bytes:
    """Change bytes, cut, repeat, or set in pieces that are known to hurt."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        at, to = sorted((draw.randrange(len(changed) + 1), draw.randrange(len(changed) + 1)))
        to = min(to, at + draw.choice((1, 4, 64, 4096)))
        kind = draw.randrange(6)
        if kind == 0 and changed:
            changed[min(at, len(changed) - 1)] ^= 1 << draw.randrange(8)
        elif kind == 1:
            changed[at:to] = b""
        elif kind == 2:
            changed[at:at] = changed[at:to] * draw.choice((1, 2, 30))
        elif kind == 3:
            changed[at:to] = draw.choice(PIECES) * draw.choice((1, 1, 3, 50))
        elif kind == 4:
            changed[at:at] = draw.choice(PIECES)
        else:
            other = draw.randrange(len(changed) + 1)
            changed[at:to] = changed[other : other + to - at]
    return bytes(changed[:200_000])


def check_front_matter(data: bytes) -> None:
    with suppress(ContentError):
        compose(make_snapshot({**FILES, "content/reports/a.md": data}), Memo())


def check_markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    html = render_markdown(text, lambda scheme, target: None)
    plain_text(text)
    all_links(text)
    tags = set(re.findall(r"<(/?[A-Za-z][^\s>/]*)", html))
    known = {
        "p",
        "a",
        "em",
        "strong",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "br",
        "bdi",
        *(f"h{n}" for n in range(1, 7)),
    }
    assert {tag.strip("/") for tag in tags} <= known, tags
    for address in re.findall(r'href="([^"]*)"', html):
        scheme = re.match(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):", address)
        assert not scheme or scheme[1].lower() in ("http", "https", "mailto"), address


def check_capture(data: bytes) -> None:
    with suppress(UnreadableText):
        assert "\0" not in read_capture("a.html", data).text


def check_archive(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        with suppress(NotACopy):
            if verify(path).whole:
                with zipfile.ZipFile(path) as archive:
                    held = {
                        n.removeprefix("dossier/"): archive.read(n) for n in archive.namelist() if not n.endswith("/")
                    }
                assert held == bag() or set(held) != set(bag()), "called whole, and is another"


def request_check(running: Serving) -> Check:
    """Send bytes as a request; the preview answers the next honest one, and never says that it failed."""

    def check(data: bytes) -> None:
        with running.connect() as client:
            client.settimeout(0.05)
            with suppress(OSError):
                client.sendall(data)
                while client.recv(65536):
                    pass
        assert running.ask("/")[0] == 200
        assert "Traceback" not in running.log and "stumbled" not in running.log, running.log[-2000:]

    return check


def _zip() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_zip(Path(folder) / "a.zip", bag()).read_bytes()


def _requests(port: int) -> list[bytes]:
    host = f"Host: 127.0.0.1:{port}\r\n"
    return [
        f"GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n".encode(),
        f"GET /reports/a/?x=%D9%82#y HTTP/1.1\r\n{host}Accept: */*\r\nSec-Fetch-Dest: document\r\n\r\n".encode(),
        f"GET /@preview/events?page=/&answer=200-x&index=0 HTTP/1.1\r\n{host}\r\n".encode(),
        f"HEAD /assets/site.css HTTP/1.1\r\n{host}Range: bytes=0-1\r\n\r\n".encode(),
        f"POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n".encode(),
    ]


@contextmanager
def _targets() -> Iterator[Mapping[str, tuple[Check, list[bytes]]]]:
    report = FILES["content/reports/a.md"].encode()
    words = "# عنوان\n\nنص [رابط](actor:ali) و<b>خام</b> `رمز` ![صورة](x)\n\n- بند\n  1. بند\n\n> قول\n\n[a]: https://x\n".encode()
    page = PAGE.format(PARAGRAPH * 4 + "<table><tr><td>خلية</td></tr></table><!-- x --><ul><li>بند</li></ul>")
    with tempfile.TemporaryDirectory() as name, serving(write_dossier(Path(name) / "root")) as running:
        yield {
            "front matter": (check_front_matter, [report, *(FILES[path].encode() for path in FILES)]),
            "Markdown": (check_markdown, [words, words * 3]),
            "captures": (check_capture, [page.encode(), page.encode("cp1256", "replace"), page.encode("utf-16")]),
            "archives": (check_archive, [_zip()]),
            "requests": (request_check(running), _requests(running.port)),
        }


def fuzz(seconds: float, seed: int, least: int = 0) -> dict[str, Found]:
    """Try each kind for its share of the time, and at least so often."""
    found: dict[str, Found] = {}
    with _targets() as targets:
        for name, (check, samples) in targets.items():
            draw, end = random.Random(f"{seed} {name}"), time.monotonic() + seconds / len(targets)
            found[name] = Found()
            while time.monotonic() < end or found[name].tried < least:
                _try(check, mutate(draw.choice(samples), draw), found[name])
    return found


def _try(check: Check, data: bytes, found: Found) -> None:
    begun = time.process_time()
    found.tried += 1
    try:
        check(data)
    except Exception:
        found.finds.append((traceback.format_exc()[-1500:], data))
    if time.process_time() - begun > SLOW:
        found.finds.append((f"took {time.process_time() - begun:.1f} s", data))


def main() -> None:
    found = fuzz(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for name, kind in found.items():
        print(f"{name}: {kind.tried} inputs, {len(kind.finds)} finds")
        for number, (said, data) in enumerate(kind.finds[:5]):
            path = Path(tempfile.gettempdir()) / f"find-{name.replace(' ', '-')}-{number}"
            path.write_bytes(data)
            print(f"  {path}: {said}")
    sys.exit(any(kind.finds for kind in found.values()))


if __name__ == "__main__":
    main()
