"""The browser's half of search and the build's: the same words in, the same keys out, and every word finds its page."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dossier.arabic import fold
from dossier.search.analyser import strippings, words_of
from dossier.search.tables import STOP_WORDS
from tests.conftest import Quiet, run_build

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
    root: Path = tmp_path_factory.mktemp("small")
    (root / "content/reports").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "content/dossier.yaml").write_text("title: ملف\n", "utf-8")
    for name, text in TEXTS.items():
        (root / f"content/reports/{name}.md").write_text(f"---\ntitle: تقرير\nseed: {name}.txt\n---\n", "utf-8")
        (root / f"seeds/{name}.txt").write_text(text, "utf-8")
    done = run_build("--root", str(root))
    assert done.returncode == 0, done.stderr
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root / "public")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_context().new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/search/")
    yield page
    page.context.close()
    server.shutdown()


def test_both_halves_fold_split_and_strip_alike(page: Page) -> None:
    script = """async (texts) => {
        const { Words } = await import('/assets/search/words.js');
        const words = new Words(await (await fetch('/search-data/tables.json')).json());
        return texts.map((t) => [words.fold(t), words.split(t), words.split(t).map((w) => [...words.strippings(w)])]);
    }"""
    for text, (folded, split, stripped) in zip(VECTORS, page.evaluate(script, list(VECTORS)), strict=True):
        assert folded == fold(text)
        assert split == words_of(text)
        assert stripped == [list(strippings(word)) for word in words_of(text)]


def test_every_word_finds_its_page_as_it_stands(page: Page) -> None:
    words = {name: sorted({w for w in text.split() if not set(words_of(w)) <= STOP_WORDS}) for name, text in TEXTS.items()}
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
    script = "async (q) => (await (await import('/assets/search.js')).search(q)).results.map((r) => r.url)"
    assert page.evaluate(script, '"السوق القديم"') == ["/reports/two/"]
    assert page.evaluate(script, '"القديم السوق"') == []
