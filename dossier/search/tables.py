"""The tables of search, in one place: the build uses them, and writes them out for the browser.

Words in them are folded (`arabic.fold`), but for «على», whose last letter tells it from the name «علي».
"""

from __future__ import annotations

from dossier.language.arabic import LETTER_VARIANTS, fold
from dossier.search.plurals import PATTERNS

END = "\u0561"  # ends every indexed key, so that a key matches whole: a letter of a script that no text here uses (Armenian)
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
# An adjective and its feminine, which only these shapes surely are: «قديم/قديمة», «متحد/متحدة».
ADJECTIVES = "^(?:..ي.|مت..|مت...|من...|مست...|م[^ا]....)$"

_PREPOSITIONS = "من عن في إلى على ل ب مع بين عند لدى أن إن لأن لكن كأن بعد قبل حول خلال ضد فوق تحت دون نحو أمام كل غير"
_JOINED = {"إلى": "إلي", "على": "علي", "لدى": "لدي"}
_PARTICLES = """
من إلى عن على في مع بين حتى منذ خلال حول ضد قبل بعد عند لدى أن إن لأن لكن ولكن كما كل بعض غير هو هي هم هن هما نحن أنا أنت ما ماذا لماذا مما عما
فيما بما كيف متى أين هل أي أية أو أم ثم لا لم لن ليس ليست لو لولا قد لقد سوف هذا هذه هذان هذين ذلك تلك هؤلاء أولئك هناك هنالك هنا الذي التي الذين اللذين اللتين
اللاتي كان كانت كانوا يكون تكون إذ إذا إلا أما بل كذلك أيضا حيث حيثما كلما بينما عندما بعدما قبل مثل نحو سوى رغم و ف ب ل ك
"""
STOP_WORDS = frozenset(
    {fold(word) for word in _PARTICLES.split() if word != "على"}
    | {fold(_JOINED.get(p, p) + pronoun) for p in _PREPOSITIONS.split() for pronoun in (*PRONOUNS, "هن", "ك", "كم")}
    | {"عل" + ON_LETTER, "به", "بها", "بهم", "له", "لها", "لهم", "لنا", "بنا"}
)
# Verbs that belong to the question itself where it begins with a word of asking: «أين تقع …», «ماذا قال …».
INTERROGATIVES = tuple(fold("من ما ماذا لماذا متى أين كيف هل").split())
ASKING = tuple(fold("تقع يقع قال قالت يقول تقول حدث حصل يعني تعني معنى").split())

# Letters that are taken for each other: by ear, by dots, by neighbouring keys. One such slip counts half.
CONFUSED = ["ذد", "ضظ", "طت", "صس", "ثس", "ثت", "زذ", "زظ", "ذظ", "ضد", "رز", "ءي", "ءا", "ءو", "يو", "غع", "حخ", "جح", "جخ", "جغ", "قك", "غق", "قف", "هح", "اه", "اع", "يا", "بت", "بن", "بي", "تن", "ني", "ثن", "سش", "صض", "طظ", "دذ", "فق", "هت", "وؤ", "رو"]  # fmt: skip


def browser_tables() -> dict[str, object]:
    """What the browser needs of all this."""
    return {
        "end": END,
        "variants": LETTER_VARIANTS,
        "on": ON,
        "onLetter": ON_LETTER,
        "shortest": SHORTEST_BASE,
        "article": ARTICLE_CLITICS,
        "single": SINGLE_CLITICS,
        "endings": {kind: endings.split("|") for kind, endings in ENDINGS.items()},
        "adjectives": ADJECTIVES,
        "plurals": PATTERNS,
        "stop": sorted(STOP_WORDS),
        "interrogatives": INTERROGATIVES,
        "asking": ASKING,
        "confused": CONFUSED,
    }
