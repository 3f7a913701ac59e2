"""`intake` as a user runs it: raw articles in, originals, seeds and reports out, nothing ever overwritten."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tests.conftest import run_build
from tests.files import page, warc

TEXT = (
    "السوق القديم يفتح أبوابه\n\n"
    "أعلنت بلدية المرفأ أمس أن السوق القديم سيفتح أبوابه في يونيو/حزيران المقبل، وقال رئيسها علي إن العمل انتهى.\n\n"
    "اقرأ أيضا: سوق آخر\n"
)


def take_in(root: Path, *args: str) -> tuple[int, str, str]:
    done = run_build("intake", *args, "--root", str(root))
    return done.returncode, done.stdout, done.stderr


def write(folder: Path, name: str, data: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return str(folder / name)


def test_an_article_in_an_old_encoding_becomes_a_site(tmp_path: Path) -> None:
    data = TEXT.encode("cp1256")
    root = tmp_path / "root"
    root.mkdir()
    status, said, _ = take_in(root, write(tmp_path, "Souq Story.txt", data))
    assert status == 0
    assert "text in Windows-1256: 3 paragraphs" in said
    assert "the publisher's own text" in said
    assert (root / "seeds/originals/Souq Story.txt").read_bytes() == data
    assert (root / "seeds/souq-story.txt").read_text("utf-8") == TEXT
    report = (root / "content/reports/souq-story.md").read_text("utf-8")
    assert f'sha256: "{sha256(data).hexdigest()}"' in report
    assert 'headline: "السوق القديم يفتح أبوابه"' in report
    assert "# - «يونيو/حزيران المقبل»، الفقرة 2" in report
    assert "# - «اقرأ أيضًا»، الفقرة 3" in report
    refused = run_build("--root", str(root), "--no-search")
    assert refused.returncode == 1
    assert "words stand here as they do in the original, which belongs to its publisher" in refused.stderr
    (root / "seeds/souq-story.txt").write_text("خلاصة بكلماتنا.\n", "utf-8")
    built = run_build("--root", str(root), "--originals", str(root / "seeds/originals"), "--no-search")
    assert built.returncode == 0, built.stderr
    assert 'id="o2"' in (root / "public/reports/souq-story/index.html").read_text("utf-8")


def test_actors_of_the_dossier_are_counted(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root / "content/actors", "ali.md", "---\nname: علي\nkind: person\n---\n".encode())
    status, _, _ = take_in(root, write(tmp_path, "a.txt", TEXT.encode()))
    assert status == 0
    assert "# - ali (علي): 1" in (root / "content/reports/a.md").read_text("utf-8")


def test_the_same_file_again_is_fine_and_said(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    file = write(tmp_path, "a.txt", TEXT.encode())
    take_in(root, file)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    status, said, _ = take_in(root, file)
    assert (status, "taken in already: content/reports/a.md" in said) == (0, True)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_an_original_that_is_there_already_is_kept_where_it_is(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root / "seeds/originals/old", "b.txt", TEXT.encode())
    status, said, _ = take_in(root, write(tmp_path, "a.txt", TEXT.encode()))
    assert status == 0
    assert "seeds/originals/old/b.txt: was there already, the same bytes" in said
    assert not (root / "seeds/originals/a.txt").exists()


def test_nothing_is_overwritten_and_each_file_is_answered(tmp_path: Path) -> None:
    root = tmp_path / "root"
    taken = {
        "content/reports/one.md": b"mine",
        "seeds/two.txt": b"mine",
        "seeds/originals/three.txt": b"mine",
    }
    for path, data in taken.items():
        write((root / path).parent, Path(path).name, data)
    names = ["one.txt", "two.txt", "three.txt", "good.txt", "empty.txt", "paper.pdf"]
    files = [write(tmp_path, name, f"{TEXT}{name}".encode()) for name in names[:4]]
    files += [
        write(tmp_path, "empty.txt", b" \n"),
        write(tmp_path, "paper.pdf", b"%PDF-1.4"),
        str(tmp_path / "gone.txt"),
    ]
    status, said, refused = take_in(root, *files)
    assert status == 2
    assert "good.txt: taken in\n" in said
    assert "content/reports/one.md is there already: name another id with --id" in refused
    assert "seeds/two.txt is there already and holds something else: name another id with --id" in refused
    assert "seeds/originals/three.txt is there already and holds something else: rename the file" in refused
    assert "the file holds no text" in refused
    assert "the file is a PDF and cannot be read: it is no whole PDF (download it again)" in refused
    assert "gone.txt: not taken in\n  the file cannot be read: no such file or directory" in refused
    assert {path: (root / path).read_bytes() for path in taken} == taken
    made = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - set(taken)
    assert made == {
        "content/dossier.yaml",
        "content/reports/good.md",
        "seeds/good.txt",
        "seeds/originals/good.txt",
        "seeds/originals/.gitignore",
    }


def test_an_id_is_named_by_hand_or_by_the_hash_where_the_name_has_no_latin_letter(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    file = write(tmp_path, "مقال.txt", TEXT.encode())
    assert take_in(root, file, "--id", "Souq")[0] == 2
    assert take_in(root, file, file, "--id", "souq")[0] == 2
    assert take_in(root, file)[0] == 0
    digest = sha256(TEXT.encode()).hexdigest()
    assert (root / f"content/reports/article-{digest[:8]}.md").exists()
    other = write(tmp_path, "مقال آخر.txt", TEXT.encode() + b"\n")
    assert take_in(root, other, "--id", "souq")[0] == 0
    assert (root / "content/reports/souq.md").exists()


def test_each_page_of_a_web_archive_becomes_a_report_with_its_address_and_time(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    other = page().replace("ثلاث سنوات".encode(), "أربع سنوات".encode())
    data = warc(("https://marfa.example/1", page()), ("https://marfa.example/2", other))
    status, said, _ = take_in(root, write(tmp_path, "marfa.warc", data))
    assert status == 0
    assert "the digest that the archive states is right" in said
    assert (root / "seeds/originals/marfa-1.html").read_bytes() == page()
    report = (root / "content/reports/marfa-2.md").read_text("utf-8")
    assert f'sha256: "{sha256(other).hexdigest()}"' in report
    assert 'url: "https://marfa.example/2"' in report
    assert 'captured: "2019-06-12T10:00:00Z"' in report
    assert "# بصمة المحتوى في الأرشيف مطابقة" in report
    again, said, _ = take_in(root, str(tmp_path / "marfa.warc"))
    assert (again, said.count("taken in already")) == (0, 2)
    for seed in (root / "seeds").glob("*.txt"):
        seed.write_text("خلاصة بكلماتنا.\n", "utf-8")
    built = run_build("--root", str(root), "--originals", str(root / "seeds/originals"), "--no-search")
    assert built.returncode == 0, built.stderr


def test_leads_of_a_page_stand_above_the_fields_that_they_are_for(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    head = '<meta property="og:site_name" content="جريدة المرفأ"><meta property="article:section" content="اقتصاد">'
    body = "<p>جدة - علاء سعيد:</p><p>قال وزير الصحة سالم المنصور في 14 رمضان 1440 إن السوق القديم سيفتح أبوابه بعد الترميم الطويل.</p>"
    status, _, _ = take_in(root, write(tmp_path, "a.html", page(body, head)))
    assert status == 0
    report = (root / "content/reports/a.md").read_text("utf-8")
    assert "# الناشر في وصف الصفحة: جريدة المرفأ" in report
    assert "# الكاتب في سطر التوقيع: علاء سعيد" in report
    assert "# قسم الصفحة: اقتصاد" in report
    assert "# - «14 رمضان 1440» (يوافق 2019-05-19 حسابًا، وقد يختلف يومًا أو يومين)، الفقرة" in report
    assert "# أسماء تشبه فاعلين ولا صفحة لها (أشخاص):\n# - سالم المنصور: 1" in report


def test_what_is_no_article_is_refused_by_name_and_nothing_written(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    files = [write(tmp_path, "a.txt", b'{"a": 1}'), write(tmp_path, "b.txt", b"PK\x03\x04xl/workbook.xml")]
    status, said, error = take_in(root, *files)
    assert status != 0
    assert "the file is JSON, not an article" in said + error
    assert "the file is a spreadsheet (XLSX), not an article" in said + error
    assert list(root.iterdir()) == []
