"""Decide what an open page has to be told: it says what it shows, and hears what it should show instead."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict

from dossier.commands.serve.last_good import Answer, LastGood, digest
from dossier.commands.serve.overlay import problems_html, strip_html, suffix
from dossier.content.paths import KINDS, file_of

Message = tuple[str, object]  # the name of an event, and what goes with it


class Shown(Struct, frozen=True, kw_only=True):
    """What a page in a browser shows: its address, and digests of the answer, the style sheet, other assets, problems, the strip, the index."""

    page: str
    answer: str = ""
    style: str = ""
    assets: str = ""
    problems: str = ""
    strip: str = ""
    index: str = ""


def problems_of(last_good: LastGood, answer: Answer | None) -> str:
    """Return the problems that keep a newer state of a page back, as HTML; an empty string where none do."""
    problems = last_good.errors or (answer.problems if answer else ())
    data_of = last_good.inputs.data_of if last_good.inputs else lambda _: None
    return problems_html(problems, data_of, first=not (answer and answer.body))


def strip_of(last_good: LastGood, page: str) -> str:
    """Return the strip at the foot of a page, as HTML."""
    kind, _, identity = page.strip("/").rpartition("/")
    own = file_of(kind or "pages", identity) if (kind or "pages") in KINDS else ""
    known = last_good.inputs is not None and own in last_good.inputs.snapshot.files
    data_of = last_good.inputs.data_of if last_good.inputs else lambda _: None
    return strip_html(identity if known else "", own if known else "", last_good.warnings, data_of)


def shown_now(last_good: LastGood, page: str) -> tuple[Answer | None, Shown, str, str]:
    """Return what stands at an address: its answer, what a browser that gets it now shows, the problems over it, the strip below."""
    answer = last_good.answer(page)
    html, strip = problems_of(last_good, answer), strip_of(last_good, page)
    compiled = last_good.built.compiled if last_good.built else None
    shown = Shown(
        page=page,
        answer=answer.digest if answer else "",
        style=compiled.style if compiled else "",
        assets=compiled.assets if compiled else "",
        problems=digest(html.encode()),
        strip=digest(strip.encode()),
        index=str(last_good.indexed),
    )
    return answer, shown, html, strip


def news(last_good: LastGood, shown: Shown) -> tuple[list[Message], Shown]:
    """Return the messages to a page that shows `shown`, and what it shows once it has them. An unchanged page gets none."""
    _, now, html, strip = shown_now(last_good, shown.page)
    if (now.answer, now.assets) != (shown.answer, shown.assets):
        return [("reload", None)], now
    messages: list[Message] = []
    if now.style != shown.style:
        messages.append(("style", now.style))
    if now.problems != shown.problems:
        messages.append(("problems", {"html": html, "digest": now.problems}))
    if now.strip != shown.strip:
        messages.append(("strip", {"html": strip, "digest": now.strip}))
    if now.index != shown.index:
        messages.append(("search", now.index))
    return messages, now


def page_for_browser(last_good: LastGood, page: str) -> tuple[Answer | None, bytes, str]:
    """Return what stands at an address, what is added to it for a browser, and the problems over it."""
    answer, shown, html, strip = shown_now(last_good, page)
    return answer, suffix(asdict(shown), html, strip), html
