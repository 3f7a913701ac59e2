"""Plain texts: paragraphs, pieces, noise, and what cannot be read."""

from __future__ import annotations

import hashlib

import pytest

from dossier.articles.source_text import SourceText, UnreadableText, read_text, split_paragraphs


def read(text: str, *, noise: bool = False) -> SourceText:
    return read_text("seeds/a.txt", text.encode(), noise=noise)


def paragraphs(source: SourceText) -> list[str]:
    return [source.text[p.start : p.end] for p in source.paragraphs]


def noise(text: str) -> list[tuple[str, str]]:
    source = read(text, noise=True)
    return [(source.text[n.start : n.end], n.reason) for n in source.noise]


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


def test_forms_see_also_and_source_lines_are_noise() -> None:
    text = "خبر من العاصمة عن أمر.\n\nاقــرأ أيضاً\n\nالمصدر :: وكالة\n\nاترك تعليقاً\n\nYour email address will not be published. Required fields"
    assert noise(text) == [
        ("اقــرأ أيضاً", "see-also"),
        ("المصدر :: وكالة", "source-line"),
        ("اترك تعليقاً", "form"),
        ("Your email address will not be published. Required fields", "form"),
    ]


@pytest.mark.parametrize(
    "line",
    ["// انتهى //", "12:35 ت م", "رابط الخبر بصحيفة المرفأ: السوق يفتح", "للتواصل مع الكاتب ارسل رسالة", "...المزيد"],
)
def test_what_a_newspaper_sets_around_an_article_is_noise(line: str) -> None:
    assert noise(f"خبر قصير.\n\n{line}") == [(line, "page")]


def test_a_sentence_that_begins_like_noise_is_none() -> None:
    assert noise("المصدر الذي تحدث إلينا قال إن الأمر انتهى.\n\nاترك الباب مفتوحا قال الشيخ.") == []


@pytest.mark.parametrize("line", ["المصدر: وكالات", "(المصدر :: وكالة الأنباء.)", "المصدر | صحيفة", "Source: agencies"])
def test_a_short_line_that_names_a_source_is_noise(line: str) -> None:
    assert noise(f"خبر قصير.\n\n{line}") == [(line, "source-line")]


def test_an_answer_in_an_interview_is_not_a_source_line() -> None:
    assert noise("سؤال: متى؟\n\nالمصدر: لم نتخذ القرار بعد، وسنعلنه في وقته.") == []


@pytest.mark.parametrize(
    "line",
    [
        "Name *",
        "Cancel reply",
        "إلغاء الرد",
        "التعليقات (3)",
        "لا توجد تعليقات",
        "Votre adresse de messagerie ne sera pas publiée.",
    ],
)
def test_what_stands_around_a_comment_form_is_noise(line: str) -> None:
    assert noise(f"خبر قصير.\n\n{line}") == [(line, "form")]


def test_the_notes_of_a_form_are_noise_however_many_of_its_fields_run_on() -> None:
    line = "Your email address will not be published." + " Name * Email * Website *" * 10
    assert noise(f"خبر قصير.\n\n{line}") == [(line, "form")]


def test_a_later_copy_of_a_paragraph_is_noise_however_it_is_written() -> None:
    first = "أعلنت البلدية أنها ستبدأ أعمال الرصف في الشارع الكبير يوم السبت."
    again = first.replace("أ", "ا").replace("ة", "ه")
    assert noise(f"{first}\n\nسطر\n\n{again}\n\nسطر") == [(again, "repeated")]


def test_a_seed_is_never_searched_for_noise() -> None:
    assert read("خبر\n\nاترك تعليقاً").noise == ()


def test_tags_that_run_on_after_the_last_sentence_are_noise() -> None:
    assert noise("قالت البلدية إن السوق يفتح. سمات السوق المرفأ\n") == [("سمات السوق المرفأ", "page")]
    assert noise("من سمات السوق أنه قديم. وسمات أهله الكرم كما قال\n") == []


def test_lines_below_a_title_are_paragraphs_where_each_ends_a_sentence() -> None:
    line = "قالت بلدية المرفأ في بيان طويل إن السوق القديم سيفتح أبوابه في الصيف المقبل بعد ترميم دام ثلاث سنوات."
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{line}\n{line}\n{line}\n"))) == 4
    assert len(list(split_paragraphs(f"السوق يفتح\n\nسالم المنصور\n\n{line}\n{line}"))) == 4
    broken = line[:60] + "\n" + line[60:]
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{broken}\n{line}"))) == 2
    assert len(list(split_paragraphs(f"السوق يفتح\n\n{line}\n\n{line}\n\n{line}\n{line}"))) == 4
