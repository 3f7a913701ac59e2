"""Messages in Arabic: every one that the code has is in the catalogue, and says there what it says in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.articles.kinds.table import OF_BYTES, OF_TEXT
from dossier.commands.arabic import MESSAGES, entries, find_form, forms, system_language, translate
from dossier.commands.serve.overlay import problems_html
from dossier.commands.speech import speak
from dossier.errors import Problem
from tests.conftest import ROOT, run_build

PACKAGE = ROOT / "dossier"
# What is for machines, for readers of pages, or is no sentence: patterns, help of options, names inside of archives.
NOT_SAID = (
    "pages/", "search/", "commands/arabic/", "commands/crate.py", "commands/archive.py", "commands/serve/app.py", "articles/noise.py",
    "articles/kinds/pages.py", "content/field_help.py", "language/direction.py", "commands/serve/overlay.py", "engine/forks.py",
)  # fmt: skip
NO_MESSAGES = frozenset({
    "pip install '.[intake]' in the generator's folder", "pip install '.[import]' in the generator's folder", "writing the archive", "writing one file", "signature by key", "Password of the secret key",
    "failed to map segment", "start new thread", "none: they belong to their publishers", "minisign public key",
    "minisign secret key", "advice/spelt by hand", "untrusted comment: ", "trusted comment: ",
})  # fmt: skip
# Parts of sentences that stand in the code by themselves; the test below reads them where they are put together.
PARTS = re.compile(
    r"of \w+( \w+)?|without a page|an report|holds \{\}\{\}|the \{\} \{\}|, \{\} by its own word|, until \{\}|\{\} MB is the most|begun with .*"
    r"|\{\} claims new or changed.*|, or delete the file.*|.* by [A-Z].*|note: .*|\{\}, named below|cannot start any token|error: .*|import sys.*|//div.*|dossier; SHA-256 .*|data/site: .*|one file of this .*|the nearest folder .*|The dossier: .*|\{withdrawn.*"
    r"|.*certainty: possible.*|in: .*|no Hijri date: .*| is not an id| in \{\}|.*: `dossier list.*|; `dossier merge.*|.* is there already: choose another id\{\}|\{\}, (?:for|item|row) \{\}|cell \{\}\{\}|row \{\}|sheet .*, .*|one of the list \{\}|, with other words|.*: is there already\{\}; left as it is"
)
is_sentence = re.compile(r"[a-z]{2,} [a-z({\"`<]|[a-z]+:? \{\}").search
FILLINGS = ("x", '"x"', "7 words", "save it as UTF-8", "claims", "1")
LEAST = 6  # letters that a form must give, to be more than a pattern that anything fits


def skeleton(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def passed_over(tree: ast.AST) -> Iterator[int]:
    """Yield the nodes that are no messages: docstrings, parts of longer texts, help, patterns, what a library is known by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from map(id, node.values)
        elif isinstance(node, ast.keyword) and node.arg in ("help", "show_default"):
            yield from map(id, ast.walk(node.value))
        elif isinstance(node, ast.Assert) and node.msg:
            yield id(node.msg)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("compile", "find_class", "findall", "fullmatch", "search"):
                yield from map(id, ast.walk(node))
            elif name == "_Explanation":
                yield from (id(part) for part in (node.args[0], *node.args[3:]))
        elif isinstance(node, ast.Compare):
            yield id(node.left)


def messages_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    passed = set(passed_over(tree))
    for node in ast.walk(tree):
        text = skeleton(node) if id(node) not in passed else None
        if text and is_sentence(text) and "\n" not in text and "<" not in text[:1] and "\\b" not in text:
            yield text


def test_every_message_of_the_code_has_its_arabic() -> None:
    words = entries("words")
    missing = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for text in messages_of(path) if not name.startswith(NOT_SAID) else ():
            found = [find_form(text.replace("{}", filling).strip()) for filling in FILLINGS] + [find_form(f"7 {text}")]
            is_known = text in words or text in NO_MESSAGES or PARTS.fullmatch(text)
            if not (is_known or any(form and form.weight >= LEAST for form in found)):
                missing.append(f"{name}: {text}")
    assert "\n".join(missing) == ""


@pytest.mark.parametrize("name", MESSAGES)
def test_the_arabic_of_a_form_has_its_places(name: str) -> None:
    for english, arabic in entries(name).items():
        places, theirs = (set(re.findall(r"\{([1-9])[:}]", text)) for text in (english, arabic))
        articles = {"2"} if "of {2:word} {3:word}" in english else set()  # « a » and « an »
        assert theirs == places - articles, english
        assert re.search("[\u0621-\u064a]", arabic) or not re.search("[a-z]{4}", re.sub(r"{.*?}", "", english)), english


def test_no_form_is_hidden_behind_another() -> None:
    shown = {"count": "7 words", "counts": "7 words", "quoted": '"x"', "bare": "x"}
    for form in forms():
        text = re.sub(r"\{[1-9](?::(\w+))?\}", lambda place: shown.get(place[1], "x y"), form.english)
        found = find_form(text)
        assert found and found.weight >= form.weight, form.english


def parted(problem: str) -> list[str]:
    """Part what is wrong from how to mend it, which stands in the last parentheses."""
    depth = 0
    for at in range(len(problem) - 1, -1, -1) if problem.endswith(")") else ():
        depth += {")": 1, "(": -1}.get(problem[at], 0)
        if not depth:
            return [problem[: at - 1], problem[at + 1 : -1]] if at else [problem]
    return [problem]


@pytest.mark.parametrize("case", sorted(path.parent.name for path in (ROOT / "tests/invalid").glob("*/expected.txt")))
def test_every_known_mistake_is_told_in_arabic(case: str) -> None:
    for line in (ROOT / f"tests/invalid/{case}/expected.txt").read_text("utf-8").splitlines():
        for said in parted(line.removeprefix("warning: ").split(": ", 1)[1]):
            assert translate(said, "ar") != said
            bare = re.sub(
                r'"[^"]*"|[\[({<][^\])}>]*[\])}>]', " ", translate(said, "ar")
            )  # without what is quoted from files
            assert not re.search(r"(?:\b[a-z]{2,} ){2}[a-z]{2,}", bare), bare


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("there is no paragraph 5: the seed has 1 paragraph", "لا فقرة رقمها 5: في الملخّص فقرة واحدة"),
        ("there is no paragraph 5: the seed has 2 paragraphs", "لا فقرة رقمها 5: في الملخّص فقرتان"),
        ("there is no paragraph 5: the seed has 3 paragraphs", "لا فقرة رقمها 5: في الملخّص 3 فقرات"),
        ("there is no paragraph 500: the original has 11 paragraphs", "لا فقرة رقمها 500: في المقال الأصلي 11 فقرة"),
        ("1 error, 0 warnings", "خطأ واحد، لا تنبيهات"),
        ("2 errors, 100 warnings; nothing was written", "خطآن، 100 تنبيه؛ لم يُكتب شيء"),
        ('two claims have the id "c1"; the first is number 1 of the list', 'قولان معرّفهما "c1"؛ والأول رقم 1 في القائمة'),
        ('link: "aly" is no id of an actor', 'الرابط: لا فاعل معرّفه "aly"'),
        ("title must be text, and is 1984, which YAML reads as a number", "title يجب أن يكون نصًّا، وهو 1984، وتقرؤه YAML رقمًا"),
        ("text is empty", "الحقل text فارغ"),
        ("content/actors/a.md is there already: choose another id, or edit that file", "content/actors/a.md هناك من قبل: اختر معرّفًا آخر، أو حرّر ذلك الملف"),
        ('content/actors/a.md is not there: did you mean "b"?', 'content/actors/a.md ليس هناك: لعلك تعني "b"'),
        ("content/actors/a.md is not there: `dossier list actors` names all", "content/actors/a.md ليس هناك؛ وتجدها كلها في `dossier list actors`"),
        ("content/actors/a.md: gone", "content/actors/a.md: حُذف"),
        ("4 places in 3 files; the former address leads to the new one", "تغيّر: 4 مواضع، 3 ملفات؛ والعنوان السابق يقود إلى الجديد"),
        ("1 place in 1 file; the former address leads to the new one", "تغيّر: موضع واحد، ملف واحد؛ والعنوان السابق يقود إلى الجديد"),
        ('there is no report "suq": did you mean "souq"?', 'لا تقرير معرّفه "suq": لعلك تعني "souq"'),
        ('there is no report "suq": `dossier list reports` names all', 'لا تقرير معرّفه "suq"؛ وتجدها كلها في `dossier list reports`'),
        ("reports: 2 added, 1 changed", "التقارير: أُضيف 2، تغيّر 1"),
        ("the file cannot be read: no such file or directory", "لا يمكن قراءة الملف: لا ملف ولا مجلد بهذا الاسم"),
        ("the article of an HTML page in UTF-8: 5 paragraphs, 2 characters", "مقال من صفحة HTML بترميز UTF-8: 5 فقرات، محرفان"),
        ("something that nobody ever wrote", "something that nobody ever wrote"),
    ],
)  # fmt: skip
def test_words_stay_and_nouns_are_counted(english: str, arabic: str) -> None:
    assert translate(english, "ar") == arabic
    assert translate(english, "en") == english


def test_every_kind_of_file_has_its_arabic() -> None:
    assert [kind.name for kind, _ in (*OF_BYTES, *OF_TEXT) if kind.name not in entries("words")] == []


def test_what_was_wrong_and_that_it_is_an_error_are_both_said_in_arabic(tmp_path: Path) -> None:
    run_build("new", "dossier", str(tmp_path / "a"))
    told = run_build("new", "actor", "sanad-post", "--root", str(tmp_path / "a"), "--lang", "ar").stderr
    assert told == "خطأ: content/actors/sanad-post.md هناك من قبل: اختر معرّفًا آخر، أو حرّر ذلك الملف\n"


def test_every_noun_has_six_forms() -> None:
    for noun, arabic in entries("counts").items():
        assert len(arabic.split("|")) == 6, noun


def test_the_language_is_that_of_the_system_or_the_one_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable, value, language in (("LC_ALL", "ar_LY.UTF-8", "ar"), ("LC_ALL", "C", "en"), ("LANG", "ar", "ar")):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(variable, value)
        assert system_language() == language
    root = str(tmp_path)
    assert run_build("new", "page", "about", "--root", root).stdout.startswith("content/pages/about.md: كُتب\n")
    for place in (["--lang", "ar", "check"], ["check", "--lang=ar"]):
        done = run_build(*place, "--root", root)
        assert "content/pages/about.md:3:8: خطأ: الحقل title فارغ" in done.stderr
    assert "error: title is empty" in run_build("check", "--root", root, "--lang", "en").stderr


def test_the_overlay_of_the_preview_speaks_the_language_that_was_chosen() -> None:
    problem = Problem(message="title is empty", file="content/reports/a.md", line=2, column=8, hint="write a value")
    try:
        speak("ar")
        html = problems_html([problem], lambda _: None)
    finally:
        speak("en")
    assert "الحقل title فارغ" in html and "اكتب قيمته" in html
    assert "title is empty" in problems_html([problem], lambda _: None)
