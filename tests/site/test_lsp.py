"""The language server as an editor knows it: the real command, the real protocol over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

from dossier.commands.lsp.spots import spot_at
from tests.conftest import PATIENCE
from tests.unit.test_renaming import ACTOR, write

REPORT = (
    "---\ntitle: 😀 السوق\nseed: souq.txt\nclaims:\n  - id: c1\n    text: تقول هيئة الميناء ذلك.\n    said: [{who: port}]\n"
    "    about: [port]\n    at: 1\n    mode: reported\n---\nقال [الميناء](actor:port).\n"
)
FILES = {
    "content/dossier.yaml": "title: ملف\n",
    "content/reports/souq.md": REPORT,
    "content/actors/port.md": ACTOR,
    "content/actors/union.md": "---\nname: نقابة الصيادين\nlatin: Fishers' Union\nkind: organisation\nrole: تمثل الصيادين\n---\nتأسست في المرفأ.\n",
    "seeds/souq.txt": "قالت هيئة الميناء ذلك.\n",
}


@dataclass
class Editor:
    """An editor with one file open."""

    client: LanguageClient
    root: Path
    told: dict[str, list[types.Diagnostic]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    version: int = 1

    def uri(self, path: str) -> str:
        return from_fs_path(str(self.root / path)) or ""

    def type(self, path: str, text: str) -> None:
        """Change what is shown, without saving it."""
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(path), version=self.version)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[whole])
        )

    def at(self, path: str, text: str, mark: str) -> dict[str, Any]:
        """Where the cursor stands behind a mark, in UTF-16 as editors count."""
        before = text[: text.index(mark) + len(mark)]
        line = before.rpartition("\n")[2]
        position = types.Position(line=before.count("\n"), character=len(line.encode("utf-16-le")) // 2)
        return {"text_document": types.TextDocumentIdentifier(uri=self.uri(path)), "position": position}

    async def hears(self, path: str, *words: str) -> list[types.Diagnostic]:
        """Wait until problems of a file hold some words each, and no others."""
        for _ in range(PATIENCE * 20):
            found = self.told.get(self.uri(path), [] if not words else None)
            if (
                found is not None
                and len(found) == len(words)
                and all(w in d.message for w, d in zip(words, found, strict=True))
            ):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(self.told)


def with_editor(root: Path, work: Callable[[Editor], Awaitable[None]], path: str = "content/reports/souq.md") -> None:
    """Open a file of the dossier in an editor that speaks to the real command."""

    async def run() -> None:
        client = LanguageClient("test", "1")
        editor = Editor(client, root)

        @client.feature(types.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def failed(params: types.ShowMessageParams) -> None:
            editor.messages.append(params.message)

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: types.PublishDiagnosticsParams) -> None:
            editor.told[params.uri] = list(params.diagnostics)

        await client.start_io(sys.executable, "-m", "dossier", "lsp")
        await client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(), root_uri=from_fs_path(str(root / "content"))
            )
        )
        client.initialized(types.InitializedParams())
        text = (root / path).read_text("utf-8")
        document = types.TextDocumentItem(uri=editor.uri(path), language_id="markdown", version=1, text=text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
        try:
            await work(editor)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]
        assert editor.messages == []

    asyncio.run(asyncio.wait_for(run(), 120))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


REPORT_FILE = "content/reports/souq.md"


def test_problems_are_told_as_one_types_and_ids_completed_by_arabic_names(root: Path) -> None:
    async def work(editor: Editor) -> None:
        await editor.hears("content/actors/union.md", "no text names this actor")
        typed = REPORT.replace("about: [port]", "about: [port, صيادين]")
        editor.type(REPORT_FILE, typed)
        (problem,) = await editor.hears(REPORT_FILE, "is not an id")
        assert problem.severity == types.DiagnosticSeverity.Error
        assert problem.range.start == types.Position(line=7, character=18)
        found = await editor.client.text_document_completion_async(
            types.CompletionParams(**editor.at(REPORT_FILE, typed, "صيادين"))
        )
        assert isinstance(found, types.CompletionList)
        (item,) = found.items
        assert item.label == "نقابة الصيادين"
        assert isinstance(item.text_edit, types.TextEdit)
        assert item.text_edit.new_text == "union"
        assert item.text_edit.range.start.character == 18 and item.text_edit.range.end.character == 24
        editor.type(REPORT_FILE, typed.replace("صيادين", "union"))
        await editor.hears(REPORT_FILE)
        assert (root / REPORT_FILE).read_text("utf-8") == REPORT

    with_editor(root, work)


def test_ids_are_explained_followed_and_renamed_with_unsaved_texts(root: Path) -> None:
    async def work(editor: Editor) -> None:
        await editor.hears(REPORT_FILE)
        text = REPORT.replace("قال [", "😀 قال [مرة](actor:union) و[")
        editor.type(REPORT_FILE, text)
        at = editor.at(REPORT_FILE, text, "(actor:un")
        hover = await editor.client.text_document_hover_async(types.HoverParams(**at))
        assert hover is not None and isinstance(hover.contents, types.MarkupContent)
        assert "نقابة الصيادين" in hover.contents.value and "تمثل الصيادين" in hover.contents.value
        target = await editor.client.text_document_definition_async(types.DefinitionParams(**at))
        assert isinstance(target, types.Location) and target.uri == editor.uri("content/actors/union.md")
        at = editor.at(REPORT_FILE, text, "{who: po")
        with pytest.raises(JsonRpcException, match="is there already"):
            await editor.client.text_document_rename_async(types.RenameParams(**at, new_name="union"))
        edit = await editor.client.text_document_rename_async(types.RenameParams(**at, new_name="harbour"))
        assert edit is not None and edit.document_changes
        *changes, moved = edit.document_changes
        assert isinstance(moved, types.RenameFile) and moved.new_uri == editor.uri("content/actors/harbour.md")
        texts = {REPORT_FILE: text, "content/actors/port.md": ACTOR}
        for path, before in texts.items():
            (change,) = (
                c for c in changes if isinstance(c, types.TextDocumentEdit) and c.text_document.uri == editor.uri(path)
            )
            texts[path] = carried_out(before, change)
        assert texts[REPORT_FILE] == text.replace("port}", "harbour}").replace("[port]", "[harbour]").replace(
            "actor:port", "actor:harbour"
        )
        assert texts["content/actors/port.md"] == ACTOR.replace("---\n", "---\n", 1).replace(
            "organisation\n", "organisation\nwas: [port]\n"
        )

    with_editor(root, work)


def carried_out(text: str, change: types.TextDocumentEdit) -> str:
    """What an editor makes of edits, whose columns are UTF-16."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    for edit in sorted(change.edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        assert isinstance(edit, types.TextEdit)
        start, end = edit.range.start, edit.range.end
        assert start.line == end.line
        line = lines[start.line]
        lines[start.line] = line[: 2 * start.character] + edit.new_text.encode("utf-16-le") + line[2 * end.character :]
    return "\n".join(line.decode("utf-16-le") for line in lines)


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("reports", "---\noutlet: الجزي|\n---\n", ("actor", "الجزي")),
        ("reports", "---\nvia:\n- ب|\n---\n", ("actor", "ب")),
        ("reports", "---\nclaims:\n  - id: c1\n    said: [{who: حسونة تا|}]\n", ("actor", "حسونة تا")),
        ("reports", "---\nclaims:\n  - id: c1\n    about: [x, y,|\n    at: 1", ("actor", "")),
        ("reports", "---\nclaims:\n  - about:\n      - x\n      - |\n    at: 1\n---\n", ("actor", "")),
        ("reports", "---\nclaims:\n  - about: [a,\n      ب|\n---\n", ("actor", "ب")),
        ("reports", '---\nclaims:\n  - about: ["حس|"]\n---\n', ("actor", "حس")),
        ("reports", "---\nclaims:\n  - repeats: [{report: souq, claim: |}]\n---\n", ("number", "")),
        ("reports", "---\nclaims:\n  - repeats: [{report: souq, |}]\n---\n", None),
        ("reports", "---\ntitle: عنوان|\n---\n", None),
        ("reports", "---\noutlet: paper # تعل|\n---\n", None),
        ("reports", "---\ntitle: x\n---\nنص [x](actor:ha|", ("actor", "ha")),
        ("reports", "---\ntitle: x\n---\noutlet: x|", None),
        ("settings", "judgments:\n  - text: x\n    claims: [souq#c1, |]\n", ("claim", "")),
        ("settings", "tables:\n  - rows: [{actor: |}]\n", ("actor", "")),
        ("events", "---\nplace: عم|\n---\n", ("place", "عم")),
    ],
)
def test_what_is_being_named_is_known_in_half_written_files(kind: str, text: str, what: tuple[str, str] | None) -> None:
    spot = spot_at(kind, text.replace("|", ""), text.index("|"))
    assert (spot and (spot.kind, spot.typed)) == what
