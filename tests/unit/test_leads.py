"""Words of time, faults of captures and headlines in raw articles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.articles.captures import Capture
from dossier.articles.date_phrases import convert_hijri, find_date_phrases
from dossier.articles.defects import find_defects
from dossier.articles.leads import find_leads, notes_of
from dossier.articles.mentions import Name, compile_names
from dossier.articles.signatures import find_signature
from dossier.articles.source_text import make_text
from dossier.articles.strangers import find_strangers
from dossier.language.hijri import days_of, to_gregorian


def phrases(text: str) -> list[str]:
    return [text[start:end] for start, end in find_date_phrases(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وصل في 12 مارس 2014 إلى المرفأ", ["12 مارس 2014"]),
        ("في 3 ديسمبر/كانون الأول 2015 وبعده", ["3 ديسمبر/كانون الأول 2015"]),
        ("منذ شهر فبراير شباط 2017.", ["شهر فبراير شباط 2017"]),
        ("في تشرين الثاني الماضي", ["تشرين الثاني الماضي"]),
        ("يوم 5 جويلية 2011", ["5 جويلية 2011"]),
        ("في 14 رمضان 1440", ["14 رمضان 1440"]),
        ("ما بين سنة 2015 و2016", ["سنة 2015 و2016"]),
        ("وفي منتصف عام ٢٠١٧.", ["منتصف عام ٢٠١٧"]),
        ("وصل مساء الثلاثاء", ["مساء الثلاثاء"]),
        ("جرى الأحد الماضي", ["الأحد الماضي"]),
        ("وبالأمس وأول من أمس", ["الأمس", "أول من أمس"]),
        ("قال أمس إنه", ["أمس"]),
        ("أعلنت أمس الثلاثاء 12 مارس 2014 أنه", ["أمس الثلاثاء 12 مارس 2014"]),
        ("قبل ثلاثة أيام", ["قبل ثلاثة أيام"]),
        ("خلال الأشهر القليلة الماضية", ["خلال الأشهر القليلة الماضية"]),
        ("مطلع الشهر الماضي", ["مطلع الشهر الماضي"]),
        ("بتاريخ 12/1/2017 و2018-02-03", ["12/1/2017", "2018-02-03"]),
        ("في يَنَايِر الجاري", ["يَنَايِر الجاري"]),
        ("في الثالث من مايو 2021 وصل", ["الثالث من مايو 2021"]),
        ("بتاريخ 3-5-2021م وصل", ["3-5-2021م"]),
        ("في الثامن من شهر ذي القعدة المقبل", ["الثامن من شهر ذي القعدة المقبل"]),
        ("بني في عام 1273هـ هناك", ["عام 1273هـ"]),
        ("خلال الربع الثاني من العام الحالي", ["الربع الثاني من العام الحالي"]),
        ("استعد للموسم المقبل", ["لموسم المقبل"]),
        ("قبل أكثر من شهرين من الآن", ["قبل أكثر من شهرين من الآن"]),
        ("وقع اليوم (الاثنين) هناك", ["اليوم (الاثنين)"]),
        ("ظهر أمس الأول", ["ظهر أمس الأول"]),
        ("في القرن التاسع عشر", ["القرن التاسع عشر"]),
        ("منذ نهاية 2014", ["نهاية 2014"]),
    ],
)
def test_words_of_time_are_found_whole(text: str, found: list[str]) -> None:
    assert phrases(text) == found


@pytest.mark.parametrize("text", ["مارس ضغوطا عليه", "بنسبة 2015% وسعر 1999.5", "أحد الخبراء في الجمعية", "12500 جندي"])
def test_other_words_and_numbers_are_no_time(text: str) -> None:
    assert phrases(text) == []


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("14 رمضان 1440", "2019-05-19"),
        ("الأول من محرم 1445هـ", "2023-07-19"),
        ("1/1/1445هـ", "2023-07-19"),
        ("30 صفر 1440", None),
        ("3-5-2021م", None),
        ("شوال 1436", None),
    ],
)
def test_a_hijri_date_is_reckoned(phrase: str, day: str | None) -> None:
    found = convert_hijri(phrase)
    assert (found and found.isoformat()) == day


@given(st.integers(1, 1599), st.integers(1, 12))
def test_months_of_the_hijri_calendar_follow_each_other(year: int, month: int) -> None:
    after = to_gregorian(year + month // 12, month % 12 + 1, 1)
    assert (after - to_gregorian(year, month, 1)).days == days_of(year, month)


def strangers(text: str) -> set[tuple[str, str]]:
    return {(stranger.kind, stranger.name) for stranger in find_strangers(text)}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("وقال وزير الصحة اللبناني وائل أبو فاعور إن", "person", "وائل أبو فاعور"),
        ("أوضح الناطق الإعلامي لمديرية الشؤون الصحية عيضة الهذلي أنه", "person", "عيضة الهذلي"),
        ("التقى صالح بن عبد الله القاضي أمس", "person", "صالح بن عبد الله القاضي"),
        ("فاز المهاجم الهولندي روبن فان بيرسي أمس", "person", "روبن فان بيرسي"),
        ("وقال كلوني إن ثم أضاف كلوني أن", "person", "كلوني"),
        ("أعلنت وزارة الخارجية الإسبانية أنها", "body", "وزارة الخارجية الإسبانية"),
        ("أعلن المرصد السوري لحقوق الإنسان أن", "body", "المرصد السوري لحقوق الإنسان"),
        ("بيان للجيش العراقي أمس", "body", "الجيش العراقي"),
        ("صدر عن مؤسسة النقد العربي السعودي (ساما) أمس", "body", "ساما"),
        ("أكد مصدر لـ«الشرق الأوسط» أن", "body", "الشرق الأوسط"),
        ('تأميم شركة "اوباب" أمس', "body", "اوباب"),
        ("وصل إلى تركيا أمس", "state", "تركيا"),
    ],
)
def test_names_are_found_by_what_stands_around_them(text: str, kind: str, name: str) -> None:
    assert (kind, name) in strangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "في جامعة الملك عبدالعزيز بن سعود", "وقال إن الأمر انتهى", "عاد على كيسين", "أعلنت الحكومة أن الوزارة تعمل",
        "حركة المرور في إدارة المطار", "سوق الأسهم السعودية", "قال مدير منطقة الرياض أن", "كل شركة أخرى", "فإن الاجتماع بدأ",
    ],
)  # fmt: skip
def test_common_words_are_no_names(text: str) -> None:
    assert {name for kind, name in strangers(text) if kind != "body" or not name.startswith("جامعة")} == set()


@given(st.text(alphabet='اللوبمحمدعلي ابن قال أن ـًّ.«»"():-1٢/\n،وزارة', max_size=80))
def test_any_text_is_searched_and_nothing_found_overlaps(text: str) -> None:
    found = find_strangers(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    find_signature(text)
    find_date_phrases(text)


def test_a_short_form_counts_for_the_whole_name() -> None:
    text = "قال الدكتور مقبل الذكير إن السوق هبط. وأضاف الذكير أن الفائدة ارتفعت."
    assert [(s.name, text[s.start : s.end]) for s in find_strangers(text)] == [
        ("مقبل الذكير", "مقبل الذكير"),
        ("مقبل الذكير", "الذكير"),
    ]


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("بيروت: أسماء وهبة", [("author", "أسماء وهبة")]),
        ("لندن: «الشرق الأوسط»", [("outlet", "الشرق الأوسط")]),
        ("عكاظ (بغداد، عمان)", [("outlet", "عكاظ")]),
        ("نيويورك- د ب أ- رويترز", [("outlet", "د ب أ"), ("outlet", "رويترز")]),
        ("«الاقتصادية» من الرياض", [("outlet", "الاقتصادية")]),
        ("بقلم: سالم المنصور", [("author", "سالم المنصور")]),
        ("عدن: محمد علي محسن - صنعاء: عرفات مدابش", [("author", "محمد علي محسن"), ("author", "عرفات مدابش")]),
        ("الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس", [("outlet", "واس")]),
        ("خطة للسوق القديم", []),
        ("وقال إن السوق يفتح أبوابه.", []),
    ],
)
def test_the_line_under_the_title_says_who_signs(line: str, signed: list[tuple[str, str]]) -> None:
    found = find_signature(
        f"افتتاح السوق\n{line}\nقالت البلدية أمس إن السوق سيفتح أبوابه في الصيف بعد ترميم دام ثلاث سنوات كاملة فيه.\n"
    )
    assert [(one.kind, one.name) for one in found] == signed


def test_an_article_is_signed_in_its_last_line_too() -> None:
    text = "افتتاح السوق\nقالت البلدية إن السوق يفتح.\nمنصور بن محمد الحمود - الرس\n"
    assert [(one.kind, one.name) for one in find_signature(text)] == [("author", "منصور بن محمد الحمود")]


def defects(text: str) -> list[tuple[str, int, str]]:
    source = make_text("", "", text, noise=True)
    return [(d.kind, d.paragraph, text[d.start : d.end]) for d in find_defects(text, source.paragraphs)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("قالت الحركةالوطنية أمس", "الحركةالوطنية"),
        ("انتهى الأمر.وقال رئيسها", "الأمر.وقال"),
        ("أصدر مجلس النواب وأعلن مجلسالنواب", "مجلسالنواب"),
        ("زار تونس وموسكو ثم عاد إلى تونسوموسكو", "تونسوموسكو"),
        ("قرار الأممالمتحدة أمس", "الأممالمتحدة"),
        ("قال نعم”مضيفا أمس", "نعم”مضيفا"),
    ],
)
def test_words_that_run_together_are_found(text: str, word: str) -> None:
    assert ("glued", 1, word) in defects(text)


@pytest.mark.parametrize(
    "text",
    ["الاحتمالات والإيطاليين والشماليون والطوارىء", "عبدالعزيز والعبدالقادر", "شبكة إن.بي.سي وموقع «إي.إس»", "كتابًا وشيئًا وموسيقاه", "«قال نعم»، ثم “لا” و\"بلى\"."],
)  # fmt: skip
def test_good_words_and_marks_are_left_alone(text: str) -> None:
    assert defects(text) == []


def test_marks_that_do_not_pair_are_found_each() -> None:
    assert defects('قال «نعم.\n\nوقالت لا».\n\nثم "صمت.') == [
        ("quotes", 1, "«"),
        ("quotes", 2, "»"),
        ("quotes", 3, '"'),
    ]


def test_a_repeated_paragraph_names_the_first() -> None:
    text = "\n\n".join(
        ["كانت هذه الفقرة الطويلة عن سوق المدينة القديم", "وهذه غيرها", "كانت هذه الفقرة الطويلة عن سوق المدينة القديم"]
    )
    found = find_defects(text, make_text("", "", text, noise=False).paragraphs)
    assert [(d.kind, d.paragraph, d.other) for d in found] == [("repeated", 3, 1)]


def test_bidi_controls_lost_letters_and_wrong_encodings_are_found() -> None:
    assert [kind for kind, _, _ in defects("قال \u202eعلي ثم حس\ufffdن")] == ["bidi", "lost"]
    assert "mojibake" in [kind for kind, _, _ in defects("السوق القديم".encode().decode("cp1252", "replace"))]
    assert "presentation" in [kind for kind, _, _ in defects("ﻗﺎل ﻋﻠﻲ")]
    assert [kind for kind, _, _ in defects("كلمة " * 600)] == ["long"]


def test_phrases_of_time_are_told_whole() -> None:
    date = "الأربعاء 18 كانون الثاني/يناير 2017"
    text = f"افتتاح السوق\n\nالمرفأ - {date}\n\nوقال علي إن السوق يفتح."
    source = make_text("a.txt", "", text, noise=True)
    capture = Capture(text=text, encoding="UTF-8")
    notes = notes_of(find_leads(capture, source, compile_names([])), capture, {})
    assert f"- «{date}»، الفقرة 2" in notes["published"]


def test_leads_are_comments_by_field() -> None:
    text = "افتتاح السوق القديم\n\nقال علي أمس إن السوق سيفتح وإنه سعيد بذلك جدا.\n\nاقرأ أيضا: مقال آخر\n\nوسكت علي والرئيس سالم المنصور."
    source = make_text("a.txt", "", text, noise=True)
    capture = Capture(text=text, encoding="UTF-8", author="سالم")
    leads = find_leads(capture, source, compile_names([Name(actor="ali", text="علي", ambiguous=False)]))
    assert leads.headline == "افتتاح السوق القديم"
    assert leads.actors == (("ali", 2),)
    notes = notes_of(leads, capture, {"ali": "علي"})
    assert "- «أمس»، الفقرة 2" in notes["published"]
    assert "- «اقرأ أيضًا»، الفقرة 3" in notes["seed"]
    assert "- ali (علي): 2" in notes["claims"]
    assert "- سالم المنصور: 1" in notes["claims"]
    assert "سالم" in notes["author"][0]


def test_faults_are_told_with_their_paragraph_and_few_words() -> None:
    line = "كانت هذه الفقرة الطويلة عن سوق المدينة القديم"
    text = f"{line}\n\nقال «نعم للحركةالوطنية.\n\n{line}\n\n" + "كلمة " * 600 + "\u202e"
    source = make_text("a.txt", "", text, noise=True)
    capture = Capture(text=text, encoding="UTF-8")
    notes = notes_of(find_leads(capture, source, compile_names([])), capture, {})
    assert notes["seed"] == (
        "عيوب في الالتقاط:",
        "- علامة اقتباس بلا قرينتها، الفقرة 2: [قال «نعم للحركةالوطن]",
        "- كلمات ملتصقة، الفقرة 2: [للحركةالوطنية]",
        "- تكرار للفقرة 1، الفقرة 3",
        "- فقرة طويلة جدًّا: لعل حدود الفقرات ضاعت، الفقرة 4",
        "- محرف اتجاه خفي، الفقرة 4",
    )


def test_of_very_many_leads_the_first_are_listed() -> None:
    text = "\n\n".join(f"وصل في عام {year}." for year in range(1901, 1951))
    source = make_text("a.txt", "", text, noise=True)
    capture = Capture(text=text, encoding="UTF-8")
    published = notes_of(find_leads(capture, source, compile_names([])), capture, {})["published"]
    assert len(published) == 42
    assert published[-1] == "- … و10 غيرها"


@pytest.mark.parametrize(
    "text",
    [
        "خبر واحد لا غير",
        "أعلنت البلدية أن السوق سيفتح.\n\nوقال رئيسها إن العمل انتهى وإن الناس راضون.",
        "أول أطول من الثاني\n\nثان",
    ],
)
def test_no_headline_is_made_up(text: str) -> None:
    source = make_text("a.txt", "", text, noise=True)
    assert find_leads(Capture(text=text, encoding="UTF-8"), source, compile_names([])).headline is None
