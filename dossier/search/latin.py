"""Names in Latin letters, however they are transliterated: what is left of a name when the spellings that vary are made one.

The rules are regular expressions that Python and JavaScript read alike; the browser applies them to what readers type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MARK = "_"  # begins such a rest among the words of the vocabulary
ARTICLES = ("al", "el", "ul")
SHORTEST = 3  # letters of a word that leads to the bearer of a name of several words
# The article before letters that it is spoken with («ar-Rashid»), where the next word begins with the rest of it.
SUN_ARTICLES = ("ar", "an", "az", "ash", "as", "adh", "ad", "ath", "at")
# Words of names that lead to nobody by themselves.
SMALL_WORDS = frozenset(
    [
        "abu",
        "abou",
        "bin",
        "ben",
        "ibn",
        "the",
        "and",
        "for",
        "der",
        "den",
        "von",
        "van",
        "des",
        "los",
        "las",
        "del",
        "dos",
        "und",
        "sur",
        "san",
        "new",
    ]
)
# Of each word of a name: «Abdel», «Abdul»; the article written with what follows.
WORD_RULES: tuple[tuple[str, str], ...] = (("^abd[aeiou]l", "abd"), ("^[aeu]l(?=[^aeiouyl]...)", ""))
# Of its words written as one, one rule after the other. What is settled is a capital, as are kinds of vowels.
RULES: tuple[tuple[str, str], ...] = (
    ("(.)\\1+", "$1"), ("([aeiou])h$", "$1"), ("([gq])u(?=[aeiy])", "$1"),
    ("x", "ks"), ("ph", "f"), ("tch|sch|sh|ch", "X"), ("ck", "k"), ("c(?=[eiy])", "s"), ("[cq]", "k"), ("kh", "h"),
    ("gh?", "k"), ("dh", "d"), ("th", "t"), ("dj", "j"), ("v", "f"), ("p", "b"), ("(.)\\1+", "$1"),
    ("^(?:ou|w)(?=[aeiy])", "W"), ("^y(?=[aou])", "Y"),
    ("[aeiouwy]*[ouw][aeiouwy]*", "U"), ("[aeiy]*[eiy][aeiy]*", "I"), ("a+", "A"),
)  # fmt: skip
# Rests by the number of consonants, up to which these rules hold: few letters say little, so that vowels must say more.
BY_CONSONANTS: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = (
    (2, ()),
    (3, (("^[AI]", "O"), ("[AI]", ""), ("([^AIU])U$", "$1"))),
    (99, (("^[AIU]", "O"), ("[AIU]", ""))),
)
# What is made one only where nothing else is found: «Ramadan», «Ramazan»; «Jamal», «Gamal».
FURTHER: tuple[tuple[str, str], ...] = (("z", "d"), ("j", "k"))
is_latin = re.compile("[a-z]+").fullmatch


def skeleton(words: Sequence[str]) -> str:
    """Return what is left of a folded name; nothing of one that is not Latin."""
    if not words or not all(map(is_latin, words)):
        return ""
    rest = _apply(RULES, "".join(_apply(WORD_RULES, word) for word in _without_articles(words)))
    number = len(re.sub("[AIU]", "", rest))
    return _apply(next(rules for most, rules in BY_CONSONANTS if number <= most), rest) if number > 1 else ""


def skeletons(words: Sequence[str]) -> Iterator[str]:
    """Yield the rest of a name, and what may be looked for where it is not found."""
    first = skeleton(words)
    if first:
        yield first
    further = _apply(FURTHER, first)
    if further != first:
        yield further


def _without_articles(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        following = "".join(words[at + 1 : at + 2])
        article = word in ARTICLES or (word in SUN_ARTICLES and following.startswith(word[1:]))
        if not (following and article):
            yield word


def _apply(rules: Sequence[tuple[str, str]], text: str) -> str:
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement.replace("$", "\\"), text)
    return text


def browser_tables() -> dict[str, object]:
    """Return what the browser needs to do the same."""
    return {
        "mark": MARK,
        "articles": ARTICLES,
        "sun": SUN_ARTICLES,
        "word": WORD_RULES,
        "rules": RULES,
        "byConsonants": BY_CONSONANTS,
        "further": FURTHER,
    }
