"""The tables of search, in one place: the build uses them, and writes them out for the browser.

Words in them are folded (`arabic.fold`), but for «على», whose last letter tells it from the name «علي».
"""

from __future__ import annotations

from dossier.language.arabic import LETTER_VARIANTS, fold
from dossier.search import latin
from dossier.search.lexicon import UNCUT
from dossier.search.plurals import PATTERNS

# Letters of texts, once folded; those of other scripts are parted from them.
ARABIC = (
    "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08b4\u08b6-\u08c7"
)
END = "\u0561"  # ends every indexed key, so that a key matches whole: a letter of a script that no text here uses (Armenian)
SYMBOL = (
    "\u0562"  # begins what stands for a symbol, which Pagefind would pass over; its code follows in letters from a to p
)
# Symbols that are words: of money and number, of languages of programming («C++», «C#»), and pictures.
SYMBOLS = "(?<=[A-Za-z])(?:\\+\\+|#)(?![A-Za-z0-9])|[%$\u00a3\u20ac\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
PERCENT = ("بالمئة", "بالمائة", "في المئة", "في المائة")  # what «٪» stands for behind a number
# A number in groups of three digits («1,250,000», «١٬٢٥٠٬٠٠٠»), once digits are Latin; its separators, which are dropped.
GROUPED = "(?<![0-9])[0-9]{1,3}(?:[,\u066c\u060c'\u2019][0-9]{3})+(?![0-9])"
# Marks of transliteration («ʿUmar»), and within Latin words what stands for them («Nu'man»): they are nothing.
WITHIN_LATIN = "[\u02b9-\u02bf\u02c8]|(?<=[A-Za-z\u00c0-\u024f\u1e00-\u1eff])['\u2019\u2018`\u00b4](?=[A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
# Letters that folding leaves as they are. Of Persian ones with several neighbours the others are tried where a word is unknown.
FURTHER_VARIANTS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d",
    "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن", "ے": "ي", "ۓ": "ي", "ۆ": "و", "ڕ": "ر", "ڵ": "ل", "ێ": "ي", "ڭ": "ك", "ڨ": "ق",
}  # fmt: skip
NEIGHBOURS = {"گ": "كجق", "چ": "كشت", "پ": "ف", "ژ": "جش", "ڤ": "بو", "ڨ": "غك", "ڭ": "غج"}
SHORTEST_BASE = 3  # letters that must remain when clitics or endings are cut
ARTICLE_CLITICS = ("وبال", "فبال", "وكال", "فكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
SINGLE_CLITICS = ("وب", "ول", "وك", "فب", "فل", "فك", "و", "ف", "ب", "ل", "ك")

# «على» as it is written, and the letter that stands for its ى through folding.
ON = "(?<![\u0621-\u064a])([وف]?[\u064b-\u0652]*)ع[\u064b-\u0652]*ل[\u064b-\u0652]*ى[\u064b-\u0652]*(?![\u0621-\u064a])"
ON_LETTER = "\u06cd"

# Forms of one noun: what may follow its stem, by kind of stem. `|` parts endings; the empty one is the bare stem.
PRONOUNS = ("ه", "ها", "هم", "هما", "نا")
_SUFFIXES = "|".join(PRONOUNS)
# Names of countries that look like a nisba's adverb («عسكريا»).
NAMES_IN_YA = frozenset(
    fold(
        "ليبيا روسيا تركيا سوريا إيطاليا ألمانيا إسبانيا أفريقيا بريطانيا كوريا آسيا أستراليا إثيوبيا نيجيريا موريتانيا ماليزيا إندونيسيا رومانيا"
        " بلغاريا ألبانيا صربيا أوكرانيا كينيا زامبيا كولومبيا بوليفيا أرمينيا جورجيا كاليفورنيا إريتريا تنزانيا كرواتيا مقدونيا بولونيا ليتوانيا فنزويليا"
    ).split()
)
ENDINGS = {
    "plain": "|ا|ات|ين|ون|ان|ي|يه|يها|يهم|" + _SUFFIXES + "|اته|اتها|اتهم|اتنا|وه|وها",
    "feminine": "ه|ات|تان|تين|ته|تها|تهم|تنا|تي|اته|اتها|اتهم|اتنا",
    "hamza": "ء|ءه|ءها|ءهم|ءنا|ءا|ءات|ءين|يه|يها|يهم|ينا|وه|وها|وهم|ونا",
    "nisba": "ي|يه|يا|يون|يين|يان|يات|يتان|يتين|يه",
}
RESTORED = {"plain": "", "feminine": "ه", "hamza": "ء", "nisba": "ي"}  # what a stem of each kind lacks
# An adjective and its feminine, which only these shapes surely are: «قديم/قديمة», «متحد/متحدة».
ADJECTIVES = "^(?:..ي.|مت..|مت...|من...|مست...|م[^ا]....)$"

_PREPOSITIONS = "من عن في إلى على ل ب مع بين عند لدى أن إن لأن لكن كأن بعد قبل حول خلال ضد فوق تحت دون نحو أمام كل غير"
_JOINED = {"إلى": "إلي", "على": "علي", "لدى": "لدي"}
_PARTICLES = """
من إلى عن على في مع بين حتى منذ خلال حول ضد قبل بعد عند لدى أن إن لأن لكن ولكن كما كل بعض غير هو هي هم هن هما نحن أنا أنت ما ماذا لماذا مما عما
فيما بما كيف متى أين هل أي أية أو أم ثم لا لم لن ليس ليست لو لولا قد لقد سوف هذا هذه هذان هذين ذلك تلك هؤلاء أولئك هناك هنالك هنا الذي التي الذين اللذين اللتين
اللاتي كان كانت كانوا يكون تكون إذ إذا إلا أما بل كذلك أيضا حيث حيثما كلما بينما عندما بعدما قبل مثل نحو سوى رغم لمن ممن بمن كم بماذا و ف ب ل ك
"""
STOP_WORDS = frozenset(
    {fold(word) for word in _PARTICLES.split() if word != "على"}
    | {fold(_JOINED.get(p, p) + pronoun) for p in _PREPOSITIONS.split() for pronoun in (*PRONOUNS, "هن", "ك", "كم")}
    | {"عل" + ON_LETTER, "به", "بها", "بهم", "له", "لها", "لهم", "لنا", "بنا"}
)
# Verbs that belong to the question itself where it begins with a word of asking: «أين تقع …», «ماذا قال …».
INTERROGATIVES = tuple(fold("من ما ماذا لماذا متى أين كيف هل لمن بماذا كم").split())
# What is asked about rather than asked for, beside a name: a page need not have it, but one that has comes earlier.
ABOUT = tuple(fold("دور موقف مواقف معلومات تفاصيل أخبار خبر قصة نبذة تعريف").split())
ASKING = tuple(
    fold(
        "تقع يقع يعمل تعمل يعيش تعيش يسكن تسكن يوجد توجد ولد ولدت توفي توفيت مات ماتت قال قالت يقول تقول حدث حصل جرى يجري صار فعل فعلت يفعل تفعل يعني تعني معنى"
    ).split()
)

# Letters that are taken for each other: by ear, by dots, by neighbouring keys. One such slip counts half.
CONFUSED = ["ذد", "ضظ", "طت", "صس", "ثس", "ثت", "زذ", "زظ", "ذظ", "ضد", "رز", "ءي", "ءا", "ءو", "يو", "غع", "حخ", "جح", "جخ", "جغ", "قك", "غق", "قف", "هح", "اه", "اع", "يا", "بت", "بن", "بي", "تن", "ني", "ثن", "سش", "صض", "طظ", "دذ", "فق", "هت", "وؤ", "رو"]  # fmt: skip
# Letters that sound alike or are written for each other; that differ by dots alone; that lie side by side on the keyboard.
ALIKE = [
    "ذد",
    "ذز",
    "ضظ",
    "طت",
    "صس",
    "ثس",
    "ثت",
    "زظ",
    "ذظ",
    "ضد",
    "قك",
    "غق",
    "هح",
    "غج",
    "جق",
    "ءا",
    "ءي",
    "ءو",
    "اي",
    "اه",
]
DOTTED = ["رز", "دذ", "سش", "صض", "طظ", "عغ", "حخ", "جح", "جخ", "بت", "تث", "بن", "نت", "بي", "ني", "تي", "فق", "ثن"]
KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "يءور", "ايهوزظ")


def browser_tables() -> dict[str, object]:
    """Return what the browser needs of all this."""
    return {
        "end": END,
        "variants": LETTER_VARIANTS | FURTHER_VARIANTS,
        "on": ON,
        "onLetter": ON_LETTER,
        "shortest": SHORTEST_BASE,
        "article": ARTICLE_CLITICS,
        "single": SINGLE_CLITICS,
        "endings": {kind: endings.split("|") for kind, endings in ENDINGS.items()},
        "restored": RESTORED,
        "adjectives": ADJECTIVES,
        "plurals": PATTERNS,
        "stop": sorted(STOP_WORDS),
        "interrogatives": INTERROGATIVES,
        "asking": ASKING,
        "about": ABOUT,
        "confused": CONFUSED,
        "alike": ALIKE,
        "dotted": DOTTED,
        "keyboard": KEYBOARD,
        "arabic": ARABIC,
        "symbol": SYMBOL,
        "symbols": SYMBOLS,
        "grouped": GROUPED,
        "withinLatin": WITHIN_LATIN,
        "percent": PERCENT,
        "neighbours": NEIGHBOURS,
        "uncut": sorted(UNCUT),
        "latin": latin.browser_tables(),
    }
