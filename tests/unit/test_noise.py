"""What is noise of a captured page, and what only begins alike."""

from __future__ import annotations

import pytest

from dossier.articles.source_text import read_text


def noise(text: str) -> list[tuple[str, str]]:
    source = read_text("originals/a.txt", text.encode(), noise=True)
    return [(source.text[n.start : n.end], n.reason) for n in source.noise]


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
    [
        "// انتهى //",
        "12:35 ت م",
        "رابط الخبر بصحيفة المرفأ: السوق يفتح",
        "للتواصل مع الكاتب ارسل رسالة",
        "...المزيد",
        "تابعونا على تويتر",
        "تابعوا صفحتنا على فيسبوك",
        "انضموا إلى قناتنا على تلغرام",
        "اشترك في قناتنا على يوتيوب",
    ],
)
def test_what_a_newspaper_sets_around_an_article_is_noise(line: str) -> None:
    assert noise(f"خبر قصير.\n\n{line}") == [(line, "page")]


def test_a_sentence_that_begins_like_noise_is_none() -> None:
    assert (
        noise(
            "المصدر الذي تحدث إلينا قال إن الأمر انتهى.\n\nاترك الباب مفتوحا قال الشيخ.\n\nتابعونا على مدى ثلاث سنوات.\n\nانضموا إلى قناتنا على عجل، كما قال صاحبها."
        )
        == []
    )


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


def test_tags_that_run_on_after_the_last_sentence_are_noise() -> None:
    assert noise("قالت البلدية إن السوق يفتح. سمات السوق المرفأ\n") == [("سمات السوق المرفأ", "page")]
    assert noise("من سمات السوق أنه قديم. وسمات أهله الكرم كما قال\n") == []
