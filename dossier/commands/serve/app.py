"""Answer HTTP: pages as they are, what browsers are given besides, and one stream of messages for each open page."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from mimetypes import guess_type
from pathlib import Path

from h11 import LocalProtocolError
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dossier.commands.serve.news import Shown, page_for_browser
from dossier.commands.serve.overlay import OWN, PAGE
from dossier.commands.serve.preview import Preview
from dossier.content.addresses import CARDS

HERE = Path(__file__).parent
NAMES = ("localhost", "127.0.0.1", "[::1]")
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".gz": "application/gzip",
    ".xml": "application/xml",
}


class OnlyThisHost:
    """Refuse requests that name another host, or come from a page of another site: neither may read or disturb a preview.

    A name elsewhere may lead to loopback, and any page may ask for loopback's addresses.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what names this host and port, and comes from here or from nowhere."""
        if scope["type"] == "http":
            refused = _refusal(Headers(scope=scope), (scope.get("server") or ("", 0))[1])
            if refused:
                await PlainTextResponse(f"{refused[1]}\n", refused[0])(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(asked: Headers, port: int) -> tuple[int, str] | None:
    """Return the status and the words with which a request is refused; None where it is not."""
    allowed = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
    hosts = asked.getlist("host")
    if len(hosts) != 1 or hosts[0] not in allowed:
        return 421, "this preview is for localhost alone"
    from_here = all(origin == f"http://{hosts[0]}" for origin in asked.getlist("origin"))
    if not from_here or any(site not in ("same-origin", "none") for site in asked.getlist("sec-fetch-site")):
        return 403, "this preview answers no other site: type its address yourself"
    return None


def unless_gone(app: ASGIApp) -> ASGIApp:
    """Let an application pass over that the asker is gone, or has sent what ended the connection, before it was answered."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(LocalProtocolError):
            await app(scope, receive, send)

    return answer


def make_app(preview: Preview) -> Starlette:
    """Return the application of a running preview."""

    async def page(request: Request) -> Response:
        return await answer_page(preview, request.scope["path"], Headers(scope=request.scope))

    async def events(request: Request) -> Response:
        query = request.query_params
        shown = Shown(**{name: query.get(name, "") for name in Shown.__struct_fields__})
        return StreamingResponse(
            stream(preview, shown), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def own(request: Request) -> Response:
        name = request.scope["path"].removeprefix(OWN)  # one of those below
        return Response((HERE / name).read_bytes(), headers=headers_of(name))

    routes = [
        Route(f"{OWN}events", events, methods=["GET"]),
        *(Route(OWN + name, own, methods=["GET"]) for name in ("client.js", "overlay.css")),
        Route("/{path:path}", page, methods=["GET", "HEAD"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(OnlyThisHost)])


async def answer_page(preview: Preview, address: str, asked: Headers) -> Response:
    """Answer with what stands at an address. A browser that opens a page gets the client after it; everybody else the bytes alone.

    While there are problems everybody gets those after a page, as HTML.
    """
    last_good = preview.last_good
    address = re.sub(r"(^|/)index\.html$", r"\1", address)
    answer, added, problems = await preview.ask(page_for_browser, last_good, address)
    if answer is not None and answer.status == 404 and last_good.has(f"{address}/"):
        return RedirectResponse(f"{address}/", 307)
    is_page = answer is None or not answer.body or answer.status == 404 or address.endswith(("/", ".html"))
    body = answer.body if answer and answer.body else PAGE.encode()
    if is_page and (problems or asked.get("sec-fetch-dest") in ("document", "iframe")):
        body += added
    compiled = last_good.built.compiled if last_good.built else None
    name = f"{address}index.html" if address.endswith("/") else "page.html"
    headers = headers_of(name if is_page else address, compiled.scripts if compiled else ())
    return Response(body, answer.status if answer else 200, headers)


def headers_of(name: str, scripts: Sequence[str] = ()) -> dict[str, str]:
    """Return the headers of a file by its name. Browsers keep nothing; pages run only the project's own scripts and inline `scripts`."""
    kind = MEDIA_TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    return {
        "Content-Type": f"{kind}; charset=utf-8" if text else kind,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        **(
            {"Content-Security-Policy": policy_of(scripts, framed="*" if name.startswith(CARDS) else "'self'")}
            if kind == "text/html"
            else {}
        ),
    }


def policy_of(scripts: Sequence[str], *, framed: str = "'self'") -> str:
    """Return the policy of the published site: itself alone, and the inline scripts of its templates by their digests.

    `tests/unit/test_netlify.py` holds it to that in netlify.toml; here pages of this host may frame one, and anybody (`framed`) a card.
    """
    inline = " ".join(f"'{script}'" for script in scripts)
    return (
        f"default-src 'none'; script-src 'self' {inline}; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framed}"
    )


async def stream(preview: Preview, shown: Shown) -> AsyncIterator[str]:
    """Yield messages as server-sent events; comments between them keep the connection alive."""
    yield "retry: 500\n\n"
    async for message in preview.follow(shown):
        yield f"event: {message[0]}\ndata: {json.dumps(message[1])}\n\n" if message else ":\n\n"
