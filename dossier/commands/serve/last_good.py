"""Keep the last good state of a dossier, and make its pages when somebody asks: no disk, no clock, no socket.

A `LastGood` takes inputs as they are read and answers for addresses. What it answers equals what a cold build of the last
inputs without errors would write, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
import re
import traceback
from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from itertools import chain

from jinja2 import Environment
from msgspec import Struct

from dossier.commands.pipeline import compose, site_files
from dossier.commands.serve.inputs import Inputs
from dossier.content.addresses import NOT_FOUND
from dossier.engine.manifest import ADDRESS as MANIFEST
from dossier.engine.manifest import with_manifest
from dossier.engine.memo import Memo, Results
from dossier.errors import ContentError, MachineError, Problem, in_order
from dossier.linking.linked import LinkedDossier
from dossier.pages.render import STYLES, make_environment, stylesheet

KEPT_STEPS = ("font", "scripts")
find_scripts = re.compile(r"<script>([^{}]*|.*?)</script>", re.DOTALL).findall


class Answer(Struct, frozen=True, kw_only=True):
    """What stands at an address: status 200 or 404, the bytes, a digest of both, and why they may be old."""

    status: int
    body: bytes
    digest: str
    problems: tuple[Problem, ...] = ()


class CompiledTemplates(Struct, frozen=True, kw_only=True):
    """Templates made ready: the environment, their inline scripts, and digests of the style sheet and of all else under `/assets/`."""

    templates: Mapping[str, bytes]
    environment: Environment
    scripts: tuple[str, ...]
    style: str
    assets: str


class BuiltSite:
    """One good state: what stands at each address, made when it is first asked for and kept from then on."""

    def __init__(self, site: LinkedDossier, compiled: CompiledTemplates, memo: Memo) -> None:
        self.site = site
        self.compiled = compiled
        self._files = site_files(site, compiled.templates, memo, compiled.environment)
        self._answers: dict[str, Answer] = {}  # of addresses where something stands, and of NOT_FOUND for all others

    def __iter__(self) -> Iterator[str]:
        """Yield every address but those of search."""
        return iter(self._files)

    def __contains__(self, address: str) -> bool:
        """Return whether something other than search stands at an address."""
        return address in self._files

    def answer(self, address: str) -> Answer:
        """Return what stands at an address; where nothing does, the page that says so. Raise ContentError of a template."""
        if address not in self._files:
            return make_answer(self.answer(NOT_FOUND).body, 404)
        if address not in self._answers:
            self._answers[address] = make_answer(self._files[address](), 200)
        return self._answers[address]

    def samples(self) -> dict[str, str]:
        """Return the address of one page that is made by each template, by the template's name."""
        return {page.template: address for address, page in self._files.pages.items()}

    def manifest(self, index: Mapping[str, bytes]) -> bytes:
        """Return the digests of every file, those of search (`index`) among them; pages are made for it and not kept."""
        made = ((address, make()) for address, make in self._files.items())
        ((_, written),) = deque(with_manifest(chain(made, index.items())), maxlen=1)
        return written


class LastGood:
    """The last good site and what is wrong with the inputs since.

    `version` rises with whatever may look different; `indexed` counts the indexes taken up.
    """

    def __init__(self, memo: Memo, *, url: str | None = None) -> None:
        """Begin without a good site. `url` overrides that of the dossier's settings."""
        self.version = self.indexed = 0
        self._has_new_results = False
        self.built: BuiltSite | None = None
        self.inputs: Inputs | None = None
        self.problems: tuple[Problem, ...] = ()
        self._warnings: tuple[Problem, ...] = ()
        self.advice: tuple[Problem, ...] = ()
        self._url = url
        self._memo = self._good_memo = memo  # of the next run, and of the last that ended well
        self._assets = memo.only(*KEPT_STEPS)
        self.known_indexes: dict[Hashable, Mapping[str, bytes]] = memo.last_results("search")
        self._index: Mapping[str, bytes] = {}
        self._former_index: Mapping[str, bytes] = {}
        self._last_answers: dict[str, Answer] = {}

    def take(self, inputs: Inputs) -> bool:
        """Take up inputs and return whether they make a good site. Problems, warnings too, are in `problems` then. Never raise."""
        self.inputs = inputs
        self.version += 1
        memo = self._memo
        try:
            composition = compose(inputs.snapshot, memo, url=self._url, drafts=True)
            built = BuiltSite(composition.site, self._compile(inputs.templates), self._assets)
            self._try_templates(built)
        except ContentError as error:
            self.problems, self._memo = error.problems, memo.retry()
            return False
        except Exception as error:  # a fault of ours must not end the editor's day either
            self.problems, self._memo = (_own_fault(error),), memo.retry()
            return False
        self.built, self.problems = built, composition.warnings
        self._warnings = composition.warnings
        self._last_answers = {address: answer for address, answer in self._last_answers.items() if address in built}
        self._good_memo, self._memo = memo, memo.next()
        self._has_new_results |= bool(memo.made)
        return True

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the last inputs from being a good site."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be wrong in the last good site and does not stand in its way."""
        return in_order((*self._warnings, *self.advice))

    def take_advice(self, advice: tuple[Problem, ...]) -> None:
        """Take up what `advise` says of a good site."""
        if advice != self.advice:
            self.advice = advice
            self.version += 1

    def kept(self) -> Results:
        """Return results for the disk: those of the last good run, and of pages since; none where it has them all."""
        return {**self._good_memo.results, **self._assets.results} if self._has_new_results or self._assets.made else {}

    def answer(self, address: str) -> Answer | None:
        """Return what stands at an address; None where there has been no good site yet.

        Where a template fails on this page alone its last good bytes stay, with the problem.
        """
        if self.built is None:
            return None
        for index in (self._index, self._former_index):  # an open page goes on with the index that it began with
            if address in index:
                return make_answer(index[address], 200)
        try:
            if address == MANIFEST:
                return make_answer(self.built.manifest(self._index), 200)
            found = self.built.answer(address)
            if address in self.built:  # addresses that are made up are not kept
                self._last_answers[address] = found
        except (ContentError, MachineError) as error:
            problems = error.problems if isinstance(error, ContentError) else (_own_fault(error),)
            last = self._last_answers.get(address)
            return (
                Answer(status=200, body=last.body, digest=last.digest, problems=problems) if last else _failed(problems)
            )
        return found

    def settle(self, inputs: Inputs) -> None:
        """Take up inputs that are equal to the last, but may know more of their files."""
        self.inputs = inputs

    def take_index(self, index: Mapping[str, bytes]) -> None:
        """Take up the files of search, made of a good site."""
        if index is not self._index:
            self._index, self._former_index = index, self._index
            self.version += 1
            self.indexed += 1

    def has(self, address: str) -> bool:
        """Return whether something stands at an address."""
        return address == MANIFEST or address in self._index or (self.built is not None and address in self.built)

    def _compile(self, templates: Mapping[str, bytes]) -> CompiledTemplates:
        """Return the last site's where templates are the same: to compile them takes longer than to make a page."""
        if self.built and self.built.compiled.templates == templates:
            return self.built.compiled
        others = {name: data for name, data in templates.items() if not name.endswith((".html", ".css"))}
        return CompiledTemplates(
            templates=templates,
            environment=make_environment(templates),
            scripts=inline_scripts(templates),
            style=digest(b"".join(stylesheet(templates, address) for address in STYLES)),
            assets=digest(repr(sorted(others.items())).encode()),
        )

    def _try_templates(self, built: BuiltSite) -> None:
        """Make one page of each template where templates changed, so that what is broken in all is seen at once."""
        if self.built and self.built.compiled is not built.compiled:
            for address in (*built.samples().values(), *STYLES):
                built.answer(address)


def digest(data: bytes) -> str:
    """Return a short name for bytes."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def inline_scripts(templates: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return what a policy calls the scripts that stand word for word in templates: `sha256-` and the digest of each."""
    sources = (data.decode("utf-8", "replace") for name, data in templates.items() if name.endswith(".html"))
    found = sorted({script for source in sources for script in find_scripts(source)})
    return tuple(f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}" for script in found)


def make_answer(body: bytes, status: int) -> Answer:
    """Return an answer without problems."""
    return Answer(status=status, body=body, digest=f"{status}-{digest(body)}")


def _failed(problems: tuple[Problem, ...]) -> Answer:
    return Answer(status=200, body=b"", digest="", problems=problems)


def _own_fault(error: Exception) -> Problem:
    """Return a problem that no content should be able to cause, with the place in the code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    hint = "this is a fault of the generator: please report it, with the file you were editing"
    return Problem(
        message=f"{type(error).__name__}: {error}", file=frame.filename, line=frame.lineno or 1, column=1, hint=hint
    )
