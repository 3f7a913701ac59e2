"""Speak the Language Server Protocol over standard input and output."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.workspace import PositionCodec

from dossier import __version__
from dossier.commands.desk.renaming import Plan
from dossier.commands.lsp.lines import Lines
from dossier.commands.lsp.spots import place_at, spot_at
from dossier.commands.lsp.state import Desk, State, explain, file_to_show, is_ours
from dossier.commands.options import nearest_dossier
from dossier.commands.speech import told
from dossier.content.id_fields import IdPlace
from dossier.content.paths import RENAMED, kind_of
from dossier.errors import ContentError, DossierError, Problem

T = TypeVar("T")
Pointing = (
    types.CompletionParams | types.HoverParams | types.DefinitionParams | types.PrepareRenameParams | types.RenameParams
)
TRIGGERS = [" ", "[", ",", ":", "#", "(", "-"]  # after these an editor asks what may follow
REST = 0.15  # seconds without a keystroke before problems are looked for
SHOWN = 60
SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class Server(LanguageServer):
    """The server of one dossier. All reading is done in one thread of its own; what editors ask is answered from the last state."""

    def __init__(self, root: Path | None) -> None:
        super().__init__("dossier", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.root = root
        self.desk: Desk | None = None
        self.state: State | None = None
        self._worker = ThreadPoolExecutor(1)
        self._waiting: asyncio.Task[None] | None = None
        self._reread = True
        self._shown: set[str] = set()

    def begin(self) -> None:
        """Find the dossier: the one that was named, or the nearest upward from the folder that the editor opened."""
        opened = self.workspace.root_path
        root = self.root or nearest_dossier(Path(opened) if opened else Path.cwd())
        if root is not None:
            self.desk = Desk(Path(os.path.realpath(root)))
            self.look_soon(reread=True)

    def path_of(self, uri: str) -> str | None:
        """Return the path below the root of one of the dossier's files; None for any other."""
        place = uris.to_fs_path(uri)
        if place is None or self.desk is None:
            return None
        real = Path(os.path.realpath(place))
        path = real.relative_to(self.desk.root).as_posix() if real.is_relative_to(self.desk.root) else ""
        return path if is_ours(path) else None

    def uri_of(self, path: str) -> str:
        """Return the address of a file: as the editor calls it where it has it open."""
        assert self.desk is not None
        opened = (uri for uri in self.workspace.text_documents if self.path_of(uri) == path)
        return next(opened, None) or uris.from_fs_path(str(self.desk.root / path)) or ""

    def unsaved(self) -> dict[str, str]:
        """Return the texts of the files that the editor has open, by path."""
        opened = ((self.path_of(uri), document.source) for uri, document in self.workspace.text_documents.items())
        return {path: text for path, text in opened if path}

    def look_soon(self, *, reread: bool) -> None:
        """Look at the dossier once nobody has typed for a moment; `reread` files that are not open too, and ask for every warning."""
        self._reread |= reread
        if self._waiting:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().create_task(self._look_after_rest())

    async def _look_after_rest(self) -> None:
        await asyncio.sleep(0 if self.state is None else REST)
        await self.look()

    async def look(self) -> State | None:
        """Look at the dossier now, with unsaved texts, and tell problems."""
        if self.desk is None:
            return None
        desk, unsaved, reread = self.desk, self.unsaved(), self._reread
        self._reread = False
        self.state = await self.do(lambda: desk.look(unsaved, reread=reread))
        self._tell(self.state)
        return self.state

    async def known(self) -> State | None:
        """Return what was last seen of the dossier; look where nothing was seen yet."""
        return self.state or await self.look()

    async def do(self, work: Callable[[], T]) -> T:
        """Do work with the dossier in its thread, after what was begun before."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _tell(self, state: State) -> None:
        by_file: dict[str, list[Problem]] = {path: [] for path in self._shown}
        for problem in state.problems:
            by_file.setdefault(file_to_show(problem), []).append(problem)
        for path, problems in by_file.items():
            file = state.taken.files.get(path)
            lines = Lines(str(file.data, "utf-8", "replace") if file else "", self.codec)
            diagnostics = [_diagnostic(problem, lines) for problem in problems]
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=self.uri_of(path), diagnostics=diagnostics)
            )
        self._shown = {path for path, problems in by_file.items() if problems}

    @property
    def codec(self) -> PositionCodec:
        """How the editor counts columns."""
        return self.workspace.position_codec

    def asked(self, params: Pointing) -> tuple[str, Lines, int] | None:
        """Return kind, text and offset of what an editor asks about; None for files that are not of the dossier."""
        path = self.path_of(params.text_document.uri)
        kind = kind_of(path) if path else None
        if kind is None:
            return None
        lines = Lines(self.workspace.get_text_document(params.text_document.uri).source, self.codec)
        return kind, lines, lines.offset(params.position)

    def place(self, params: Pointing) -> tuple[IdPlace, Lines] | None:
        """Return what an editor points at."""
        asked = self.asked(params)
        found = place_at(asked[0], asked[1].text, asked[2]) if asked else None
        return (found, asked[1]) if asked and found else None


def _diagnostic(problem: Problem, lines: Lines) -> types.Diagnostic:
    problem = told(problem)
    hint = f"\n{problem.hint}" if problem.hint else ""
    return types.Diagnostic(
        range=lines.word_range(problem.line, problem.column),
        message=f"{problem.message}{hint}",
        severity=SEVERITIES[problem.severity],
        source="dossier",
    )


def make_server(root: Path | None) -> Server:
    """Return a server with all that it can do. `root` is the dossier; without one it is sought where the editor works."""
    server = Server(root)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        server.begin()

    for event in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE):
        server.feature(event)(lambda _: server.look_soon(reread=False))
    for event in (
        types.TEXT_DOCUMENT_DID_SAVE,
        types.TEXT_DOCUMENT_DID_CLOSE,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    ):
        server.feature(event)(lambda _: server.look_soon(reread=True))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        return _complete(server, await server.known(), params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return _hover(server, await server.known(), params)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> types.Location | None:
        return _definition(server, await server.known(), params)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        found = _renamed(server, params)
        return types.PrepareRenamePlaceholder(range=found[2], placeholder=found[1]) if found else None

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        return await _rename(server, params)

    return server


def _complete(server: Server, state: State | None, params: types.CompletionParams) -> types.CompletionList | None:
    asked = server.asked(params)
    spot = spot_at(asked[0], asked[1].text, asked[2]) if asked else None
    if asked is None or spot is None or state is None:
        return None
    _, lines, _ = asked
    replaced, typed = lines.range(spot.start, spot.end), lines.text[spot.start : spot.end]
    if spot.kind == "seed":
        names = [path.removeprefix("seeds/") for path in state.taken.below("seeds/")]
        choices = [(name, name, "", "") for name in names if name.startswith(spot.typed)]
    else:
        found = state.candidates(spot.kind, spot.typed, spot.report)
        choices = [(n.id.partition("#")[2] if spot.kind == "number" else n.id, n.name, n.id, explain(n)) for n in found]
    items = [
        types.CompletionItem(
            label=name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…",
            detail=detail,
            documentation=types.MarkupContent(kind=types.MarkupKind.Markdown, value=note) if note else None,
            filter_text=typed or written,  # what was typed may be Arabic: it has been looked for here
            sort_text=f"{number:05}",
            text_edit=types.TextEdit(range=replaced, new_text=written),
        )
        for number, (written, name, detail, note) in enumerate(choices[:500])
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def _hover(server: Server, state: State | None, params: types.HoverParams) -> types.Hover | None:
    pointed = server.place(params)
    named = state.named(pointed[0]) if pointed and state else None
    if pointed is None or named is None:
        return None
    place, lines = pointed
    explained = types.MarkupContent(kind=types.MarkupKind.Markdown, value=explain(named))
    return types.Hover(contents=explained, range=lines.range(place.start, place.end))


def _definition(server: Server, state: State | None, params: types.DefinitionParams) -> types.Location | None:
    pointed = server.place(params)
    if pointed is None or state is None:
        return None
    place, named = pointed[0], state.named(pointed[0])
    file = named.file if named else f"seeds/{place.value}" if place.kind == "seed" else ""
    if file not in state.taken.files:
        return None
    line = state.line_of(named) if named else 0
    start = types.Position(line=line, character=0)
    return types.Location(uri=server.uri_of(file), range=types.Range(start=start, end=start))


def _renamed(server: Server, params: Pointing) -> tuple[str, str, types.Range] | None:
    """Return kind and id of the entry that an editor points at, and where the id stands; the report of a claim."""
    pointed = server.place(params)
    if pointed is None:
        return None
    place, lines = pointed
    if place.kind == "claim" and lines.text[place.start : place.end].strip("\"'").startswith("c"):
        return None  # a number alone
    identity = place.value.partition("#")[0]
    start = lines.text.find(identity, place.start)
    kind = "report" if place.kind == "claim" else place.kind
    return (kind, identity, lines.range(start, start + len(identity))) if kind in RENAMED else None


async def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    found = _renamed(server, params)
    state, desk = await server.look(), server.desk
    if found is None or state is None or desk is None:
        return None
    kind, old, _ = found
    try:
        plan = await server.do(lambda: desk.plan_rename(state, kind, old, params.new_name))
    except ContentError as error:
        raise JsonRpcException(f"the dossier would have errors: {error.problems[0]}") from None
    except DossierError as error:
        raise JsonRpcException(str(error)) from None
    return _workspace_edit(server, state, plan)


def _workspace_edit(server: Server, state: State, plan: Plan) -> types.WorkspaceEdit:
    """Write a plan as an editor carries it out: it changes texts, and then renames the file."""
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    opened: Mapping[str, object] = server.workspace.text_documents
    for path, edits in plan.edits.items():
        uri = server.uri_of(path)
        version = server.workspace.get_text_document(uri).version if uri in opened else None
        lines = Lines(str(state.taken.files[path].data, "utf-8-sig"), server.codec)
        document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        written = [types.TextEdit(range=lines.range(e.start, e.end), new_text=e.text) for e in edits]
        changes.append(types.TextDocumentEdit(text_document=document, edits=written))
    if plan.moved:
        old, new = map(server.uri_of, plan.moved)
        changes.append(types.RenameFile(old_uri=old, new_uri=new))
    return types.WorkspaceEdit(document_changes=changes)


def serve(root: Path | None) -> None:
    """Serve an editor until it says that it is done."""
    with contextlib.suppress(BrokenPipeError):
        make_server(root).start_io()
