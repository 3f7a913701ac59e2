"""Views to bytes: Jinja templates that are given one view and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError

from dossier.errors import ContentError, Problem
from dossier.views import Page

STYLE_PARTS = "assets/css/"


def make_environment(templates: Mapping[str, bytes]) -> Environment:
    """An environment over template files by name (`pages/report.html`)."""
    sources = {name: data.decode("utf-8") for name, data in templates.items() if name.endswith(".html")}
    return Environment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
    )


def render(environment: Environment, page: Page) -> bytes:
    """A page's HTML. Raises ContentError where one of the user's templates is broken."""
    try:
        template = environment.get_template(page.template)
    except TemplateSyntaxError as error:
        place = f"templates/{error.name or page.template}"
        problem = Problem(message=error.message or "broken template", file=place, line=error.lineno, column=1)
        raise ContentError([problem]) from error
    return template.render(view=page.make_view()).encode("utf-8")


def stylesheet(templates: Mapping[str, bytes]) -> bytes:
    """The parts in `assets/css/` in order of name, as one style sheet without comments and indents."""
    parts = (data.decode("utf-8") for name, data in sorted(templates.items()) if name.startswith(STYLE_PARTS))
    css = re.sub(r"/\*.*?\*/", "", "\n".join(parts), flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip().encode("utf-8") + b"\n"
