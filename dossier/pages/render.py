"""Render views to bytes with Jinja templates, each of which is given one view and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from traceback import walk_tb
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec.structs import replace

from dossier.engine.memo import Memo, digest_of
from dossier.errors import ContentError, Problem
from dossier.language.characters import decode
from dossier.pages.outline import Page

# Style sheets by address, and the folders of their parts: what every page needs, and what only others than a report's do.
EVERY_PAGE = "/assets/site.css"
# Strings stay; comments go, and spaces around braces and after colons, commas and semicolons; any other line end is one space.
_IDLE = re.compile(
    r"""(?P<kept>"[^"\n]*"|'[^'\n]*')|/\*.*?\*/\s*|;?\s*(?P<brace>[{}])\s*|(?P<sign>[;,:])\s+|(?P<end>\s*\n\s*)""",
    re.DOTALL,
)
STYLES: Mapping[str, str] = {EVERY_PAGE: "assets/css/", "/assets/more.css": "assets/more/"}
_find_special = re.compile(r"[&<>'\"]").search
_FOLDER = "templates/"  # what templates are called in tracebacks


class _Generator(CodeGenerator):
    """Writes templates' code as Jinja does, but for how a value is escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape(")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that asks no questions about the fields of our own views, nor about what Jinja itself makes of templates: most of all it is asked for."""

    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._fields: dict[type, frozenset[str]] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of a view, of a loop or of imported templates as it is, and anything else as the sandbox decides."""
        kind = type(obj)
        fields = self._fields.get(kind)
        if fields is None:
            fields = self._fields[kind] = _open_fields(kind)
        if attribute in fields or (kind is TemplateModule and attribute in vars(obj) and not attribute.startswith("_")):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro as it is, and anything else as the sandbox decides."""
        if type(__obj) is not Macro:
            return super().call(__context, __obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__context.eval_ctx, *args, **kwargs)

    @staticmethod
    def escape(value: object) -> str:
        """Return what `markupsafe.escape` does; most values are as they stand on the page, and come back unchanged."""
        if type(value) is Markup or (type(value) is str and not _find_special(value)):
            return value
        return escape(value)


def _open_fields(kind: type) -> frozenset[str]:
    """Return the fields of a class that templates may read without being asked."""
    named = dir(kind) if kind is LoopContext else getattr(kind, "__struct_fields__", ())
    return frozenset(name for name in named if not name.startswith("_"))


class _Compiled(BytecodeCache):
    """The code of templates, so that they are compiled once and not in every process and build."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code of a template whose source is what it was."""
        if code := self.codes.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.codes[bucket.key] = bucket.bytecode_to_string()


def make_environment(templates: Mapping[str, bytes], memo: Memo | None = None) -> Environment:
    """Make a sandboxed environment over template files by name (`pages/report.html`). With a memo all are compiled now, or kept."""
    sources = {name: _decode(name, data) for name, data in templates.items() if name.endswith(".html")}
    compiled = _Compiled()
    environment = Sandbox(
        loader=FunctionLoader(lambda name: (sources[name], _FOLDER + name, None) if name in sources else None),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=compiled,
    )
    if memo is not None:
        digest = digest_of(sorted(sources.items()))
        compiled.codes |= memo.get("templates", digest, lambda: _compile(environment, compiled, sources))
    return environment


def _compile(environment: Environment, compiled: _Compiled, names: Iterable[str]) -> dict[str, bytes]:
    for name in names:
        with suppress(TemplateError):  # whoever uses it is told
            environment.get_template(name)
    return dict(compiled.codes)


def render(environment: Environment, page: Page) -> bytes:
    """Return a page's HTML. Raise ContentError where a template is broken or asks for what the view does not have."""
    return render_view(environment, page, page.make_view())


def render_view(environment: Environment, page: Page, view: object) -> bytes:
    """Return the HTML of a page whose view has been made, as `render` does."""
    try:
        return environment.get_template(page.template).render(view=view).encode("utf-8")
    except TemplateSyntaxError as error:
        raise ContentError([_problem(error, error.name or page.template, error.lineno)]) from error
    except Exception as error:  # expressions in a template may fail in any way that Python knows
        raise ContentError([_problem(error, *_place(error, page.template))]) from error


def _decode(name: str, data: bytes) -> str:
    text, problems = decode(_FOLDER + name, data)
    if text is None:
        raise ContentError(replace(problem, message=f"template: {problem.message}") for problem in problems)
    return text


def _place(error: Exception, template: str) -> tuple[str, int]:
    """Return the innermost template and line that Jinja's own traceback names."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    places = [(name.removeprefix(_FOLDER), line) for name, line in frames if name.startswith(_FOLDER)]
    return places[-1] if places else (template, 1)


def _problem(error: Exception, template: str, line: int) -> Problem:
    hint = "templates are given the page's view and nothing else"
    message = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return Problem(message=f"template: {message}", file=_FOLDER + template, line=line, column=1, hint=hint)


def is_style_part(name: str) -> bool:
    """Tell whether a template file is a part of a style sheet, which is not published by itself."""
    return name.startswith(tuple(STYLES.values()))


def stylesheet(templates: Mapping[str, bytes], address: str, title: str = "") -> bytes:
    """Join the parts of a style sheet, in order of name, without comments and without spaces that say nothing. `address` is a key of `STYLES`.

    The sheet of all pages puts the site's title at the head of every printed page: no style can find it in a page.
    """
    folder = STYLES[address]
    parts = (_decode(name, data) for name, data in sorted(templates.items()) if name.startswith(folder))
    css = _IDLE.sub(_terse, "\n".join(parts)).strip() + "\n"
    return (css + (_running_title(title) if title and address == EVERY_PAGE else "")).encode("utf-8")


def _terse(found: re.Match[str]) -> str:
    return found["kept"] or found["brace"] or found["sign"] or (" " if found["end"] else "")


def _running_title(title: str) -> str:
    written = "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in title)
    return f'@page {{ @top-right {{ content: "{written}"; font: 9pt sans-serif; color: #444; }} }}\n'
