"""Plain texts: paragraphs, pieces, and what cannot be read."""

from __future__ import annotations

import hashlib

import pytest

from dossier.articles.source_text import SourceText, UnreadableText, read_text, split_paragraphs


def read(text: str, *, noise: bool = False) -> SourceText:
    return read_text("seeds/a.txt", text.encode(), noise=noise)


def paragraphs(source: SourceText) -> list[str]:
    return [source.text[p.start : p.end] for p in source.paragraphs]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_part_paragraphs_and_line_ends_within_them_do_not(end: str) -> None:
    assert paragraphs(read(f"سطر{end}ثان{end}{end} \t{end}ثالث{end}")) == [f"سطر{end}ثان", "ثالث"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_without_blank_lines_every_line_is_a_paragraph(end: str) -> None:
    assert paragraphs(read(f"أول{end}ثان{end}")) == ["أول", "ثان"]


def test_the_hash_is_of_the_bytes_and_the_byte_order_mark_is_no_character() -> None:
    data = "\ufeffنص".encode()
    source = read_text("seeds/a.txt", data, noise=False)
    assert (source.text, source.sha256) == ("نص", hashlib.sha256(data).hexdigest())


def test_a_long_paragraph_is_shown_in_pieces_that_end_with_sentences() -> None:
    sentence = "هذه جملة طويلة بعض الطول كتبت للتجربة وحدها. "
    (paragraph,) = read(sentence * 40).paragraphs
    assert [piece.anchor for piece in paragraph.pieces][:2] == ["1", "1-2"]
    assert all(piece.end - piece.start <= 700 for piece in paragraph.pieces)
    text = (sentence * 40).strip()
    assert all(text[piece.start : piece.end].endswith(".") for piece in paragraph.pieces)


def test_one_endless_sentence_stays_whole() -> None:
    (paragraph,) = read("كلمة " * 400).paragraphs
    assert len(paragraph.pieces) == 1


def test_bytes_that_are_not_utf8_are_named_with_line_and_column() -> None:
    with pytest.raises(UnreadableText) as caught:
        read_text("seeds/a.txt", "سطر\nكل".encode() + b"\xe3", noise=False)
    assert str(caught.value) == (
        "seeds/a.txt:2:3: the file is not UTF-8: the byte E3 cannot stand here "
        "(save it as UTF-8, or take it in with `intake`)"
    )


def test_nul_is_refused() -> None:
    with pytest.raises(UnreadableText, match=r"seeds/a\.txt:1:3: holds NUL \(delete it"):
        read("نص\0")


def test_a_seed_is_never_searched_for_noise() -> None:
    assert read("خبر\n\nاترك تعليقاً").noise == ()


def test_lines_below_a_title_are_paragraphs_where_each_ends_a_sentence() -> None:
    line = "قالت بلدية المرفأ في بيان طويل إن السوق القديم سيفتح أبوابه في الصيف المقبل بعد ترميم دام ثلاث سنوات."
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{line}\n{line}\n{line}\n"))) == 4
    assert len(list(split_paragraphs(f"السوق يفتح\n\nسالم المنصور\n\n{line}\n{line}"))) == 4
    broken = line[:60] + "\n" + line[60:]
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{broken}\n{line}"))) == 2
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{line}\n\n{line}\n\n{line}\n{line}"))) == 4
