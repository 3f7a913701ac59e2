"""Decide what an open page has to be told: it says what it shows, and hears what it should show instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from dossier.commands.serve.last_good import Answer, LastGood, digest
from dossier.commands.serve.overlay import problems_html, suffix

Message = tuple[str, object]  # the name of an event, and what goes with it


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a page in a browser shows: its address, and digests of itself, the style sheet, other assets, problems, the index."""

    page: str
    shown: str = ""
    style: str = ""
    assets: str = ""
    problems: str = ""
    index: str = ""


def problems_of(workshop: LastGood, answer: Answer | None) -> str:
    """Return the problems that keep a newer state of a page back, as HTML; an empty string where none do."""
    problems = workshop.errors or (answer.problems if answer else ())
    data_of = workshop.inputs.data_of if workshop.inputs else lambda _: None
    return problems_html(problems, data_of, first=not (answer and answer.body))


def shown_now(workshop: LastGood, page: str) -> tuple[Answer | None, Shown, str]:
    """Return what stands at an address: its answer, what a browser that gets it now shows, and the problems over it."""
    answer = workshop.answer(page)
    html = problems_of(workshop, answer)
    look = workshop.edition.look if workshop.edition else None
    shown = Shown(
        page=page,
        shown=answer.digest if answer else "",
        style=look.style if look else "",
        assets=look.assets if look else "",
        problems=digest(html.encode()),
        index=str(workshop.indexed),
    )
    return answer, shown, html


def news(workshop: LastGood, shown: Shown) -> tuple[list[Message], Shown]:
    """Return the messages to a page that shows `shown`, and what it shows once it has them. An unchanged page gets none."""
    _, now, html = shown_now(workshop, shown.page)
    if (now.shown, now.assets) != (shown.shown, shown.assets):
        return [("reload", None)], now
    messages: list[Message] = []
    if now.style != shown.style:
        messages.append(("style", now.style))
    if now.problems != shown.problems:
        messages.append(("problems", {"html": html, "digest": now.problems}))
    if now.index != shown.index:
        messages.append(("search", now.index))
    return messages, now


def page_for_browser(workshop: LastGood, page: str) -> tuple[Answer | None, bytes, str]:
    """Return what stands at an address, what is added to it for a browser, and the problems over it."""
    answer, shown, html = shown_now(workshop, page)
    return answer, suffix(asdict(shown), html), html
