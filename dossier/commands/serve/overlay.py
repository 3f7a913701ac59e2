"""Write what the preview adds to a page after the page's own bytes: its client, a strip with the id and the warnings, and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from dossier.commands.reporting import line_of
from dossier.commands.speech import told
from dossier.errors import Problem

OWN = "/@preview/"  # no id begins with @: nothing of a dossier can stand there
MARK = b"\n<!--preview-->\n"
MOST_LISTED = 20
DataOf = Callable[[str], bytes | None]
HEADING = Markup("<h2>في المحتوى خلل، فبقيت آخر نسخة سليمة معروضة</h2>")
FIRST_HEADING = Markup("<h1>في المحتوى خلل، ولم تُبنَ نسخة سليمة بعد</h1>")
HIDE = Markup('<button type="button" data-hide>إخفاء</button>')
PAGE = Markup(
    '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>خلل في المحتوى</title>\n</head>\n'
    '<body class="preview-first">\n</body>\n</html>\n'
)


def problems_html(problems: Sequence[Problem], data_of: DataOf, *, first: bool = False) -> str:
    """Return errors as people read them over a page: place, message, the line with a caret, what to do; empty without errors.

    `first` says that there is no page below. Everything that comes from files is escaped.
    """
    if not problems:
        return ""
    items = Markup("\n").join(_item(problem, data_of) for problem in problems[:MOST_LISTED])
    more = len(problems) - MOST_LISTED
    rest = Markup("<p>وغيرها: <bdi>{}</bdi></p>").format(more) if more > 0 else ""
    heading = FIRST_HEADING if first else HIDE + HEADING
    kind = "first" if first else "over"
    start = Markup(
        '<section id="preview-problems" class="{}" dir="rtl" lang="ar" role="alert" aria-label="{}" tabindex="0">'
    )
    return start.format(kind, "خلل في المحتوى") + Markup("\n{}\n<ol>\n{}\n</ol>\n{}</section>").format(
        heading, items, rest
    )


def strip_html(identity: str, own: str, warnings: Sequence[Problem], data_of: DataOf) -> str:
    """Return the strip at a page's foot: the id of its entry, to be copied, and all warnings, those of its own file first.

    `identity` and `own`, the path of that file, are empty where the page is of no entry.
    """
    first = sorted(warnings, key=lambda warning: warning.file != own)
    items = Markup("\n").join(_item(warning, data_of) for warning in first[:MOST_LISTED])
    more = len(warnings) - MOST_LISTED
    rest = Markup("<p>وغيرها: <bdi>{}</bdi> (<code>dossier check</code>)</p>").format(more) if more > 0 else ""
    copied = Markup(
        '<span>المعرّف: <code dir="ltr" data-id="{0}">{0}</code> <button type="button" data-copy>انسخه</button></span>'
    )
    folded = Markup("<details><summary>تنبيهات: <bdi>{}</bdi></summary>\n<ol>\n{}\n</ol>\n{}</details>")
    parts = (
        copied.format(identity) if identity else "",
        folded.format(len(warnings), items, rest) if warnings else "",
    )
    if not any(parts):
        return ""
    return Markup('<aside id="preview-strip" dir="rtl" lang="ar" aria-label="المعاينة">{}{}</aside>').format(*parts)


def _item(problem: Problem, data_of: DataOf) -> Markup:
    return Markup("<li>{}</li>").format(Markup("").join(_parts(told(problem), data_of)))


def _parts(problem: Problem, data_of: DataOf) -> Iterator[Markup]:
    yield Markup('<p class="place"><code dir="ltr">{}</code></p>').format(problem.where)
    yield Markup('<p class="message" dir="auto"><bdi>{}</bdi></p>').format(problem.message)
    data = data_of(problem.file)
    found = line_of(problem, data) if data is not None else None
    if found:
        line, at = found
        yield Markup('<pre dir="ltr" tabindex="0">{}<mark>{}<span>^</span></mark>{}</pre>').format(
            line[:at], line[at : at + 1] or " ", line[at + 1 :]
        )
    if problem.hint:
        yield Markup('<p class="hint" dir="auto"><bdi>{}</bdi></p>').format(problem.hint)


def suffix(shown: Mapping[str, str], problems: str, strip: str = "") -> bytes:
    """Return what follows a page's own bytes in a browser. The client tells the server what is `shown`, to hear of something newer."""
    data = Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in shown.items())
    parts = (
        Markup('<template id="preview"{}></template>').format(data),
        Markup('<link rel="stylesheet" href="{}overlay.css">').format(OWN),
        Markup('<script type="module" src="{}client.js"></script>').format(OWN),
        strip,
        problems,
    )
    return MARK + "\n".join(map(str, filter(None, parts))).encode() + b"\n"
