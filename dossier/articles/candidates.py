"""Find names that look like actors of whom the dossier has no page: Latin names, titled persons, named outlets.

Without a lexicon of names precision comes from what stands around them: a title before and no word of speech after it, a
quotation after the word for a newspaper. What is not marked so is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dossier.articles.mentions import Mention
from dossier.articles.spans import Span
from dossier.language.arabic import any_of, fold, fold_with_offsets

# Titles that a person's name follows, at once or after adjectives («الرئيس التركي …»).
TITLES = any_of(["اللواء", "العميد", "العقيد", "الجنرال", "المشير", "الرئيس", "الملك", "الأمير", "الأميرة", "السلطان", "المستشار", "السفير", "الدكتور", "الدكتورة", "الشيخ", "النائب", "المقدم", "الرائد", "العاهل"])  # fmt: skip
OUTLETS = any_of(["صحيفة", "موقع", "قناة", "وكالة", "مجلة", "جريدة", "إذاعة", "لصحيفة", "لموقع", "لقناة", "لوكالة", "لمجلة", "لجريدة", "صحيفتي", "موقعي"])  # fmt: skip
# What follows a title and is no name: particles, verbs of speech and deed, words of time and number.
OTHER_WORDS = frozenset(fold("""
إن أن أنه إنه أنها إنها أنهم إلى على علي في من عن مع بين منذ حتى بعد قبل خلال عند لدى ضد حول دون غير كل بعض أي أو أم ثم بل لكن إذا إذ لو كما مما ما لا
لم لن قد هل هو هي هم هذا هذه ذلك تلك الذي التي الذين حيث حين حينما عندما بينما أما إلا سوى مثل عبر نحو تحت فوق أمام خلف داخل خارج
قال قالت قالوا يقول تقول أعلن أعلنت يعلن أكد أكدت يؤكد ذكر ذكرت يذكر أضاف أضافت أشار أشارت أوضح أوضحت صرح صرحت كشف كشفت دعا دعت طالب طلب
كان كانت يكون تكون ليس صار أصبح بات ظل وصل وصلت زار غادر عاد عادت التقى استقبل اجتمع ترأس افتتح وقع قرر أمر أصدر عقد بدأ واصل شدد نفى رفض وافق
أعرب أدان رحب حذر هدد وعد بحث ناقش تلقى قدم قاد تولى شغل فاز خسر انتخب عين أقال استقال توفي قتل أصيب اعتقل سلم تسلم وجه بعث شارك حضر ألقى تحدث
أنا نحن أنت يوم أمس اليوم غدا مساء صباح الآن أيضا جدا فقط أول ثاني ثالث سابقا حاليا نفسه نفسها لديه له لها به بها فيه فيها منه عنه إليه عليه
عام عاما عامين سنة شهر رئيس رئيسا مدير وزير قائد عضو نائب أمين ممثل مبعوث مندوب مستشار دولة حكومة مجلس جيش قوات وزارة صاحب قام قامت تأمل يبقى تحقيق هنا هناك لكل وكل ومن وفي لهذه لهذا بهذا بهذه بأنه بأن سيتم ابن ابنة زوجة شقيق والد والدة أركان حرب ركن طيار
يعتزم يريد يرى يعتبر يواجه يتوقع ينوي يسعى يرفض يطالب يدعو يعود يصل يزور يلتقي يستقبل يبحث يؤدي يقوم يعمل يعد تعد سيزور سيلتقي سيصل سوف لأن لأنه
الذى اللذين اللتين والذي والتي عما فيما بما كي لكي كيف لماذا متى أين مباشرة مؤخرا أخيرا لأول إما سواء بشأن بسبب بدلا مقابل إثر عقب طوال أثناء وسط
""").split())  # fmt: skip
# First parts of names that go on with another word.
_COMPOUND = any_of(["عبد", "أبو", "أبي", "أبا", "ابن", "بن", "بنت", "آل", "أم", "سيف", "نور", "ذو"])
_LETTERS = "[\u0621-\u064a]"
# After folding a name's words are bare letters; the first has neither article nor conjunction.
_FIRST = rf"(?!ال|وال|بال|لل)(?:{_COMPOUND} )?{_LETTERS}{{3,}}"
_NEXT = rf"(?: (?:بن|ابن|بنت) (?:{_COMPOUND} )?{_LETTERS}{{3,}}| (?!لل|بال|بب)(?:{_COMPOUND} )?{_LETTERS}{{3,}})"
_TITLED = re.compile(
    rf"(?<!\w)(?:[وف]?[بلك]?){TITLES} (?:{TITLES} |المتقاعد |الراحل |السابق |الحالي |ال\w+ي[هن]? )*(?P<name>{_FIRST}{_NEXT})(?!\w)"
)
_NAMED_OUTLET = re.compile(rf"(?<!\w)[وفب]?{OUTLETS} ?(?:ال\w+ )?(?:[«“\"] ?)(?P<name>[^«»“”\"\n]{{3,30}}?) ?[»”\"]")
# Two words at least: a single one in an Arabic text is a product, a unit or a word of a form as often as a name.
_LATIN = re.compile(
    r"(?<![\w@/.#-])[A-Z][\wÀ-ɏ’'-]+(?: (?:of|the|for|and|de|al|el|bin|ben))?(?: [A-Z][\wÀ-ɏ’'-]+)+(?![\w@/]|\.\w)"
)
_ADJECTIVE = re.compile(r" (?!ال)\w{3,}يه$")  # «معلومات استخبارية» after a title that ends its clause
_CLITICS = "ولبفك"
LONGEST_OUTLET_WORDS = 4


class Candidate(Struct, frozen=True, order=True):
    """A name as the text writes it, at its place; `end` is exclusive."""

    start: int
    end: int
    name: str


def find_candidates(text: str, mentions: Sequence[Mention]) -> tuple[Candidate, ...]:
    """Return names that look like actors outside of all mentions, in order of place."""
    taken = [(mention.start, mention.end) for mention in mentions]
    folded, offsets = fold_with_offsets(text)
    found = list(find_latin(text))
    found += [(offsets[a], offsets[b - 1] + 1) for a, b in (*_titled(folded), *_outlets(folded))]
    return tuple(
        Candidate(start, end, " ".join(text[start:end].split()))
        for start, end in sorted(set(found))
        if all(end <= low or high <= start for low, high in taken)
    )


def find_latin(text: str) -> Iterator[Span]:
    """Yield names in Latin letters, of two words at least."""
    yield from (match.span() for match in _LATIN.finditer(text))


def _titled(folded: str) -> Iterator[Span]:
    for match in _TITLED.finditer(folded):
        words = match["name"].split()
        bare = [word.removeprefix("و") for word in words]
        if OTHER_WORDS.intersection((*words, *bare)) or any(_is_clitic_and_word(word, folded) for word in words):
            continue
        if not _ADJECTIVE.search(match["name"]):
            yield match.span("name")


def _is_clitic_and_word(word: str, folded: str) -> bool:
    """Tell whether what looks like a name is a word of this text with a clitic before it: «لقطاع», «ودولة»."""
    rest = word[1:]
    return word[0] in _CLITICS and len(rest) > 2 and bool(re.search(rf"(?<!\w)(?:ال)?{rest}(?!\w)", folded))


def _outlets(folded: str) -> Iterator[Span]:
    for match in _NAMED_OUTLET.finditer(folded):
        if len(match["name"].split()) <= LONGEST_OUTLET_WORDS:
            yield match.span("name")
