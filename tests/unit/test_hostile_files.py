"""Files that were made to do harm, or were damaged on the way: each is answered in words, never by a traceback.

Every case is one file of an otherwise good dossier, and the beginning of what is said.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.engine.snapshot import make_snapshot, snapshot
from dossier.errors import Problem
from tests.steps import count_steps
from tests.unit.test_invalid import BASE, find_problems

REPORT = "content/reports/a.md"
GOOD = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*")) if path.is_file()}
TITLE = "title: تقرير قصير عن طريق".encode()
SAID = b"said: [{who: ali}, {who: paper}]"
STEPS, STEPS_A_BYTE = 20_000, 200  # what a file may cost; most cost a tenth of the first


def with_title(written: bytes) -> bytes:
    """The good report with another title line."""
    return GOOD[REPORT].replace(TITLE, b"title: " + written)


def with_said(written: str) -> bytes:
    return GOOD[REPORT].replace(SAID, b"said: " + written.encode())


def with_body(written: str) -> bytes:
    return GOOD[REPORT] + written.encode()


def laughs(levels: int) -> str:
    """The billion laughs: each name stands for ten of the one before."""
    lines = ["x0: &x0 [a, a, a, a, a, a, a, a, a, a]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


HEAD = GOOD[REPORT].partition(b"claims:")[0].decode()
NESTED_BLOCK = "\n".join(" " * n + "a:" for n in range(400))

# what it is, the bytes of the report, how the first problem begins
FILES: tuple[tuple[str, bytes, str], ...] = (
    ("NUL in a title", with_title(b"a\0b"), "2:9: holds NUL"),
    ("NUL in the brief", GOOD[REPORT] + b"\0\0", "17:1: holds NUL, 2 times, here first"),
    ("NUL by an escape", with_title(b'"a\\0b"'), "2:8: an escape makes the control character U+0000"),
    ("an escaped bidi override", with_title(b'"a\\u202Eb"'), "2:8: an escape makes the control character U+202E"),
    ("half a surrogate pair", with_title(b'"\\ud800"'), "2:11: this escape stands for no character"),
    ("a byte that is no UTF-8", with_title(b"caf\xe9"), "2:11: the file is not UTF-8: the byte E9"),
    ("a character cut off at the end", GOOD[REPORT] + b"\xd8", "17:1: the file is not UTF-8: the byte D8"),
    ("an overlong slash", with_title(b"\xc0\xaf"), "2:8: the file is not UTF-8: the byte C0"),
    ("a surrogate in UTF-8", with_title(b"\xed\xa0\x80"), "2:8: the file is not UTF-8: the byte ED"),
    ("UTF-16", GOOD[REPORT].decode().encode("utf-16"), "1:1: the file is UTF-16, not UTF-8"),
    ("Windows-1256", "---\ntitle: طريق\n---\n".encode("cp1256"), "2:8: the file is not UTF-8: the byte D8"),
    ("random bytes", bytes(range(128, 256)) * 50, "1:1: the file is not UTF-8: the byte 80"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100), "1:1: the file is not UTF-8: the byte 89"),
    ("nothing", b"", '1:1: the file must begin with a line "---"'),
    ("a BOM alone", b"\xef\xbb\xbf", '1:1: the file must begin with a line "---"'),
    ("two BOMs", b"\xef\xbb\xbf" * 2 + GOOD[REPORT], '1:1: this line holds U+FEFF, which cannot be seen, beside "---"'),
    ("blank lines first", b"\n\n" + GOOD[REPORT], '1:1: the file must begin with a line "---"'),
    ("four hyphens", b"-" + GOOD[REPORT], '1:1: the file must begin with a line "---"'),
    (
        "a closing line that is indented",
        GOOD[REPORT].replace(b"\n---\n", b"\n ---\n"),
        "1:1: the front matter that opens",
    ),
    ("a billion laughs", f"{HEAD}{laughs(9)}\n---\n".encode(), "8:5: aliases (*name) here stand for more than 10,000"),
    (
        "laughs as speakers",
        with_said(f"[&s {{who: ali}}{', *s' * 20_000}]"),
        "8:11: aliases (*name) here stand for more",
    ),
    ("an alias of itself", with_said("&s [*s]"), "8:11: an alias (*name) stands for a value that holds it"),
    ("a mapping in itself", with_said("&s {who: *s}"), "8:11: an alias (*name) stands for a value that holds it"),
    ("an alias of nothing", with_said("*nobody"), "8:11: * at the beginning of a value"),
    ("an anchor twice", with_said("[&x {who: ali}, &x {who: paper}]"), "8:27: an anchor (&name) of this name"),
    ("100,000 brackets", with_title(b"[" * 100_000), "2:38: values are nested deeper than 32 levels"),
    ("100,000 braces", with_title(b"{a: " * 100_000), "2:128: values are nested deeper than 32 levels"),
    ("400 levels of lines", f"---\n{NESTED_BLOCK}\n---\n".encode(), "33:32: values are nested deeper than 32 levels"),
    ("100,000 dashes", b"---\n" + b"- " * 100_000 + b"a\n---\n", "2:63: values are nested deeper than 32 levels"),
    (
        "a Python object",
        with_title(b"!!python/object/apply:os.system [id]"),
        '2:8: the tag "!!python/object/apply:os.system"',
    ),
    ("a Python name", with_title(b"!!python/name:os.system"), '2:8: the tag "!!python/name:os.system" is not allowed'),
    ("a tag of its own", with_title(b"!run x"), '2:8: the tag "!run" is not allowed here'),
    ("binary", with_title(b"!!binary aGFsbG8="), '2:8: the tag "!!binary" is not allowed here'),
    ("a set", with_said("!!set {a, b}"), "8:11: said must be a list, and is a mapping"),
    ("a merge of everything", with_said("[{<<: {who: ali}}]"), "8:12: a speaker needs who"),
    (
        "a digit 5,000 times",
        GOOD[REPORT].replace(b"at: 1", b"at: " + b"9" * 5000),
        "11:9: at must be a whole number, and is text",
    ),
    ("a digit 90 times", GOOD[REPORT].replace(b"at: 1", b"at: " + b"9" * 90), "11:9: there is no paragraph 9999"),
    ("a negative paragraph", GOOD[REPORT].replace(b"at: 1", b"at: -1"), "11:9: at must be 1 or more, and is -1"),
    ("infinity", GOOD[REPORT].replace(b"at: 1", b"at: .inf"), "11:9: at must be a whole number, and is text"),
    ("exponents", GOOD[REPORT].replace(b"at: 1", b"at: 1e9"), "11:9: at must be a whole number, and is text"),
    (
        "a seed above",
        GOOD[REPORT].replace(b"seed: a.txt", b"seed: ../../etc/passwd"),
        "3:7: a seed is a file directly in",
    ),
    (
        "a seed by its whole path",
        GOOD[REPORT].replace(b"seed: a.txt", b"seed: /etc/passwd"),
        "3:7: a seed is a file directly",
    ),
    (
        "a seed by backslashes",
        GOOD[REPORT].replace(b"seed: a.txt", b"seed: ..\\a.txt"),
        "3:7: a seed is a file directly in",
    ),
    (
        "two dots as a seed",
        GOOD[REPORT].replace(b"seed: a.txt", b"seed: .."),
        "3:7: a seed is a file directly in seeds/",
    ),
    (
        "an original as a seed",
        GOOD[REPORT].replace(b"seed: a.txt", b"seed: originals/a.txt"),
        "3:7: a seed is a file directly",
    ),
    ("a hidden seed", GOOD[REPORT].replace(b"seed: a.txt", b"seed: .env"), "3:7: files whose names begin with ."),
    ("an id above", GOOD[REPORT].replace(b"outlet: paper", b"outlet: ../../x"), '4:9: "../../x" is not an id'),
    (
        "an id with a line end",
        GOOD[REPORT].replace(b"outlet: paper", b'outlet: "paper\\n"'),
        '4:9: "paper\\u000a" is not an id',
    ),
    (
        "an id with a look-alike",
        GOOD[REPORT].replace(b"outlet: paper", "outlet: pаper".encode()),
        '4:9: "pаper" is not an id',
    ),
    (
        "an id without end",
        GOOD[REPORT].replace(b"outlet: paper", b"outlet: " + b"a" * 101),
        "4:9: outlet is longer than 100",
    ),
    (
        "a date without end",
        GOOD[REPORT].replace(b'"2017-05"', b'"' + b"2" * 5000 + b'"'),
        "10:11: when is longer than 100",
    ),
    ("a date of brackets", GOOD[REPORT].replace(b'"2017-05"', b'"' + b"[" * 90 + b'"'), '10:11: "[[[['),
    ("an address that runs", with_title(b"x\noriginal: {sha256: %s, url: 'data:text/html,x'}" % (b"a" * 64)), "3:91: "),
    ("a key of a megabyte", with_title(b"x\n" + b"k" * 1_000_000 + b": v"), "3:1: a line without a colon"),
    ("a long key", with_title(b"x\n" + b"k" * 1000 + b": v"), '3:1: "kkkk'),
    (
        "an escape for terminals as a key",
        with_title(b'x\n"\\e[31mred": v'),
        "3:1: an escape makes the control character U+001B",
    ),
    (
        "10,000 unknown fields",
        with_title(b"x\n" + b"".join(b"f%d: 1\n" % n for n in range(10_000))),
        '3:1: "f0" is no field',
    ),
    ("10,000 times one field", with_title(b"x\n" + b"title: y\n" * 10_000), '3:1: "title" stands here a second time'),
    ("10,000 documents", with_title(b"x\n...\n" * 10_000), "4:1: text goes on after the end of the document"),
    ("a list of 20,000", with_said("[" + "a," * 20_000 + "]"), "8:12: an item of said must be a mapping"),
    ("a broken link in a megabyte", with_body("س" * 1_000_000 + " [x](actor:none)"), "17:1000006: link: "),
    ("10,000 open brackets in the brief", with_body("[" * 10_000 + "](actor:none)"), "17:10003: link: "),
    ("an escaped link", with_body("[x](actor&#58;none)"), '16:47: link: "none" is no id of an actor'),
    ("a tab before a field", with_title(b"x\n\toutlet: y"), "3:1: a tab stands where YAML wants spaces"),
    ("a directive", b"---\n%YAML 1.2\ntitle: x\n---\n", "3:1: the line above begins with %"),
)

# what it is, the bytes of the report, how each warning begins
WARNED: tuple[tuple[str, bytes, tuple[str, ...]], ...] = (
    ("a bell", with_title(b"a\x07b"), ("2:9: holds the control character U+0007",)),
    ("a colour for terminals", with_title(b"\x1b[31mred"), ("2:8: holds the control character U+001B",)),
    ("a bidi override", with_title("a\u202eb".encode()), ("2:9: holds the bidi control U+202E",)),
    ("an isolate that stays open", with_body("س\u2067س"), ("17:2: holds the bidi control U+2067",)),
    ("a line separator", with_title("a\u2028b".encode()), ("2:9: holds the control character U+2028",)),
    ("a next-line control", with_title("a\u0085b".encode()), ("2:9: holds the control character U+0085",)),
    (
        "a form feed in the brief",
        with_body("a\fb\f"),
        ("17:2: holds the control character U+000C, 2 times, here first",),
    ),
    ("a noncharacter", with_title("a\uffffb\ufdd0".encode()), ("2:9: holds the control", "2:11: holds the control")),
)

FINE: tuple[tuple[str, bytes], ...] = (
    ("a BOM", b"\xef\xbb\xbf" + GOOD[REPORT]),
    ("CRLF", GOOD[REPORT].replace(b"\n", b"\r\n")),
    ("CR", GOOD[REPORT].replace(b"\n", b"\r")),
    ("spaces behind the fences", GOOD[REPORT].replace(b"---\n", b"---  \n")),
    ("no line end at the end", GOOD[REPORT].rstrip()),
    ("a line of a megabyte", with_title("س".encode() * 500_000)),
    ("three hyphens in the brief", with_body("\n---\n\nطريق\n\n---\n")),
    ("a few aliases", with_said("[&s {who: ali}, *s]")),
    ("marks of direction", with_title("طريق\u200f (A\u200e)".encode())),
    ("an emoji and a rare plane", with_title("طريق 🛣 𞸀".encode())),
    ("HTML and braces", with_title(b"'<script>{{ x }}</script> ${y} %s {0}'")),
    ("ten thousand brackets in the brief", with_body("[" * 10_000)),
)


def problems_of(data: bytes) -> tuple[Problem, ...]:
    """What is said of the good dossier with this report, at a cost that grows with its size."""
    snapshot = make_snapshot({**GOOD, REPORT: data})
    return count_steps(lambda: find_problems(snapshot), STEPS + STEPS_A_BYTE * len(data))[0]


@pytest.mark.parametrize(("data", "beginning"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_hostile_report_is_answered_with_a_place(data: bytes, beginning: str) -> None:
    errors = [problem for problem in problems_of(data) if problem.severity == "error" and problem.file == REPORT]
    assert any(str(problem).startswith(f"{REPORT}:{beginning}") for problem in errors), errors[:3]
    assert len(errors) <= 101
    for problem in errors:
        assert problem.line >= 1
        assert problem.column >= 1
        assert str(problem).isprintable()
        assert len(str(problem)) < 1000


@pytest.mark.parametrize(("data", "beginnings"), [case[1:] for case in WARNED], ids=[case[0] for case in WARNED])
def test_invisible_characters_are_warned_of(data: bytes, beginnings: tuple[str, ...]) -> None:
    problems = problems_of(data)
    assert [problem.severity for problem in problems] == ["warning"] * len(beginnings)
    for problem, beginning in zip(problems, beginnings, strict=True):
        assert str(problem).startswith(f"{REPORT}:{beginning}")


@pytest.mark.parametrize("data", [case[1] for case in FINE], ids=[case[0] for case in FINE])
def test_what_is_only_unusual_passes(data: bytes) -> None:
    assert problems_of(data) == ()


def link_out(folder: Path) -> None:
    (folder / "seeds/a.txt").unlink()
    (folder / "seeds/a.txt").symlink_to("/etc/passwd")


def link_up(folder: Path) -> None:
    (folder.parent / "outside.txt").write_text("نص خارج الملف", encoding="utf-8")
    (folder / "seeds/a.txt").unlink()
    (folder / "seeds/a.txt").symlink_to("../../outside.txt")


def link_folder_out(folder: Path) -> None:
    (folder / "templates").symlink_to("/etc")


def link_to_originals(folder: Path) -> None:
    (folder / "seeds/originals").mkdir()
    (folder / "seeds/originals/secret.txt").write_text("نص الناشر", encoding="utf-8")
    (folder / "seeds/b.txt").symlink_to("originals/secret.txt")


def link_to_hidden(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git/config").write_text("token", encoding="utf-8")
    (folder / "seeds/b.txt").symlink_to("../.git/config")


def link_in_a_circle(folder: Path) -> None:
    (folder / "content/pages").mkdir()
    (folder / "content/pages/again").symlink_to("..")


def link_to_nothing(folder: Path) -> None:
    (folder / "content/reports/b.md").symlink_to("nothing.md")


def link_to_itself(folder: Path) -> None:
    (folder / "content/reports/b.md").symlink_to("b.md")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "content/reports/b.md")


def folder_named_as_a_report(folder: Path) -> None:
    (folder / "content/reports/b.md").mkdir()
    (folder / "content/reports/b.md/c.md").write_text("---\ntitle: س\n---\n", encoding="utf-8")


def name_with_a_line_end(folder: Path) -> None:
    (folder / "content/reports/b\n.md").write_text("---\ntitle: س\n---\n", encoding="utf-8")


def name_that_is_no_utf8(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder / "seeds") + b"/\xff.txt")).write_text("نص", encoding="utf-8")


def huge_file(folder: Path) -> None:
    with (folder / "seeds/b.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)


ON_DISK: tuple[tuple[Callable[[Path], None], str], ...] = (
    (link_out, "seeds/a.txt: is a link that leads out of the dossier (put a copy of the file here instead)"),
    (link_up, "seeds/a.txt: is a link that leads out of the dossier (put a copy of the file here instead)"),
    (link_folder_out, "templates: is a link that leads out of the dossier (put a copy of the file here instead)"),
    (link_to_originals, "seeds/b.txt: is a link that leads out of the dossier (put a copy of the file here instead)"),
    (link_to_hidden, "seeds/b.txt: is a link that leads out of the dossier (put a copy of the file here instead)"),
    (link_in_a_circle, "content/pages/again: is a link to a folder that it lies in (remove the link)"),
    (link_to_nothing, "content/reports/b.md: is a link to a file that is not there (remove the link or mend it)"),
    (link_to_itself, "content/reports/b.md: is a link to a file that is not there (remove the link or mend it)"),
    (pipe, "content/reports/b.md: the file cannot be read: it is no ordinary file"),
    (folder_named_as_a_report, "content/reports/b.md/c.md: this file is not read"),
    (
        name_with_a_line_end,
        "content/reports/b\\u000a.md: the file's name holds characters that are no text (rename the file)",
    ),
    (name_that_is_no_utf8, "seeds/\\xff.txt: the file's name holds characters that are no text (rename the file)"),
    (huge_file, "seeds/b.txt: the file cannot be read: it is larger than 64 mb"),
)


@pytest.mark.parametrize(("spoil", "message"), ON_DISK, ids=[case[0].__name__ for case in ON_DISK])
def test_a_hostile_folder_is_answered(spoil: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    for path, data in GOOD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    spoil(folder)
    files = snapshot(folder)
    assert any(str(problem).startswith(message) for problem in find_problems(files))
    assert not any(b"token" in file.data or b"root:" in file.data for file in files.files.values())
