"""Views to bytes: Jinja templates that are given one view and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from traceback import walk_tb

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError

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
    """A page's HTML. Raises ContentError where a template is broken or asks for what the view does not have."""
    view = page.make_view()
    try:
        return environment.get_template(page.template).render(view=view).encode("utf-8")
    except TemplateSyntaxError as error:
        raise ContentError([_problem(error, error.name or page.template, error.lineno)]) from error
    except TemplateError as error:
        raise ContentError([_problem(error, *_place(error, page.template))]) from error


def _place(error: TemplateError, template: str) -> tuple[str, int]:
    """The page's template, and the innermost line that Jinja's own traceback names."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
    return template, lines[-1] if lines else 1


def _problem(error: TemplateError, template: str, line: int) -> Problem:
    hint = "templates are given the page's view and nothing else"
    return Problem(message=f"template: {error.message}", file=f"templates/{template}", line=line, column=1, hint=hint)


def stylesheet(templates: Mapping[str, bytes]) -> bytes:
    """The parts in `assets/css/` in order of name, as one style sheet without comments and indents."""
    parts = (data.decode("utf-8") for name, data in sorted(templates.items()) if name.startswith(STYLE_PARTS))
    css = re.sub(r"/\*.*?\*/", "", "\n".join(parts), flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip().encode("utf-8") + b"\n"
