"""The browser's half of search and the build's: the same words in, the same keys out, and every word finds its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dossier.search.analyser import fold, strippings, words_of
from dossier.search.tables import STOP_WORDS
from tests.browser.serving import serve
from tests.conftest import run_build

VECTORS = (
    "أُمّ إيمان آمال ٱلبيت مستشفى مكتبة مؤتمر رئيس ءامن", "کتاب ایران ہندی گيتار چاي", "كـــبير م\u200cن \u200fنص\u200f \ufeffبدء",
    "ﻻ ﺣﻔﻆ ﷲ ﺍﻷﻣﻢ", "١٢٣ ۴۵۶ 789", "Müller ÉCOLE Straße ǅ", "وبالمدينة وللمدن فلل بالبيت كالبيت والد ولد ال لل و", "a_b c-d «نص»،آخر؛ثالث",
    "لا\u00a0أحد x² ½ №", "",
)  # fmt: skip
TEXTS = {
    "one": "فتحت البلدية الحديقة الكبيرة للزوار، وبالقرب منها مقهى قديم يرتاده طلاب المدارس وأساتذتها. وقال الحارس إن الأشجار "
    "زرعت عام ١٩٦٠، وللحديقة بوابتان.\n\nوبحسب السكان فالنوافير معطلة منذ شهور؛ ولم تصلحها الشركةالمتعهدة حتى اليوم.",
    "two": "يبيع الصياد أسماكه في السوق القديم كل صباح، ويشتريها منه أصحاب المطاعم والفنادق. أما الشباك فيصلحها بيده لأنها غالية.\n\n"
    "والبحر هذا العام هائج؛ فاضطر البحارة إلى انتظار الأسبوع كله. وسألته عن رأيه فأجاب: «الرزق على الله».",
    "three": "افتتح المتحف معرضا عن الخزف الأندلسي، وضمّ ٤٥ قطعة نادرة أعارها متحف مدريد. وعلّق الزائرون بأنّ الإضاءة ضعيفة.\n\n"
    "ويستمر المعرض لأسبوعين، ثم ينتقل إلى مدن أخرى. وللأطفال ورش رسم، وبعضها مجاني. Visitors liked the catalogue.",
}


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with searching(chromium, tmp_path_factory.mktemp("small"), TEXTS) as page:
        yield page


@contextmanager
def searching(chromium: Browser, root: Path, texts: Mapping[str, str]) -> Iterator[Page]:
    """The search page of a dossier of these seeds, built and served."""
    (root / "content/reports").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "content/dossier.yaml").write_text("title: ملف\n", "utf-8")
    for name, text in texts.items():
        (root / f"content/reports/{name}.md").write_text(f"---\ntitle: تقرير\nseed: {name}.txt\n---\n", "utf-8")
        (root / f"seeds/{name}.txt").write_text(text, "utf-8")
    done = run_build("--root", str(root))
    assert done.returncode == 0, done.stderr
    with serve(root / "public") as address:
        page = chromium.new_context().new_page()
        page.goto(address + "search/")
        yield page
        page.context.close()


ASK = "async (q) => (await (await import('/assets/search.js')).search(q)).results.map((r) => r.url)"


def test_both_halves_fold_split_and_strip_alike(page: Page) -> None:
    script = """async (texts) => {
        const { Words, tables } = await import('/assets/search.js');
        const words = new Words(await tables());
        return texts.map((t) => [words.fold(t), words.split(t), words.split(t).map((w) => [...words.strippings(w)])]);
    }"""
    for text, (folded, split, stripped) in zip(VECTORS, page.evaluate(script, list(VECTORS)), strict=True):
        assert folded == fold(text)
        assert split == words_of(text)
        assert stripped == [list(strippings(word)) for word in words_of(text)]


def test_every_word_finds_its_page_as_it_stands(page: Page) -> None:
    words = {
        name: sorted({w for w in text.split() if not set(words_of(w)) <= STOP_WORDS}) for name, text in TEXTS.items()
    }
    script = """async (words) => {
        const { search } = await import('/assets/search.js');
        const missed = [];
        for (const [name, list] of Object.entries(words)) for (const word of list) {
            const { results, corrected } = await search(word);
            if (corrected.length || !results.some((r) => r.url === `/reports/${name}/`)) missed.push(word);
        }
        return missed;
    }"""
    assert page.evaluate(script, words) == []


def test_a_phrase_is_found_only_where_its_words_stand_together(page: Page) -> None:
    assert page.evaluate(ASK, '"السوق القديم"') == ["/reports/two/"]
    assert page.evaluate(ASK, '"القديم السوق"') == []


def test_a_phrase_of_words_that_every_page_has_is_found_wherever_it_stands(chromium: Browser, tmp_path: Path) -> None:
    """Of a word on so many pages the index itself holds but the first few places on each."""
    texts = {f"r{n}": "مطر غيم " * 6 + "ثم شمس" for n in range(520)}
    texts["apart"] = "غيم ثم " * 6 + "مطر " * 6 + "شمس مطر"
    with searching(chromium, tmp_path, texts) as page:
        assert len(page.evaluate(ASK, "مطر")) == 521
        assert page.evaluate(ASK, '"شمس مطر"') == ["/reports/apart/"]
        assert page.evaluate(ASK, '"مطر شمس"') == ["/reports/apart/"]
        assert len(page.evaluate(ASK, '"غيم مطر"')) == 520


SLIPS = {
    "المقهي القديم": "one",
    "المطاعن والفنادق": "two",
    "المعرظ الأندلسي": "three",
    "الحديقةالكبيرة": "one",
    "نوافر معطلة": "one",
}


@pytest.mark.parametrize(("question", "name"), SLIPS.items())
def test_a_slip_is_mended_by_the_words_beside_it(page: Page, question: str, name: str) -> None:
    assert page.evaluate(ASK, question) == [f"/reports/{name}/"]


def test_an_excerpt_shows_the_words_as_written_and_leads_to_their_paragraph(page: Page) -> None:
    script = """async (q) => {
        const { search, excerpt } = await import('/assets/search.js');
        const [first] = (await search(q)).results;
        return excerpt(first);
    }"""
    shown = page.evaluate(script, "شباك يصلح")
    assert shown["anchor"] == "p1"
    assert [part["text"] for part in shown["parts"] if part["marked"]] == ["الشباك", "فيصلحها"]
    assert "".join(part["text"] for part in shown["parts"]).startswith(("يبيع", "… "))


def test_every_other_form_of_a_noun_leads_to_its_page(page: Page) -> None:
    for word, name in {
        "سمك": "two",
        "أسماك": "two",
        "مدرسة": "one",
        "شجرة": "one",
        "مدينة": "three",
        "طفل": "three",
        "مطعم": "two",
    }.items():
        assert page.evaluate(ASK, word) == [f"/reports/{name}/"], word
