"""Fit words into pictures: how many letters a label takes up, where it breaks, and what is cut of one that is too long."""

from __future__ import annotations

import unicodedata


def letters(text: str) -> int:
    """Count the letters that take up room on a line: marks stand above and below others."""
    return sum(not unicodedata.combining(letter) for letter in text)


def shorten(text: str, most: int) -> str:
    """Cut a text that has more than `most` letters at the end of a word, with an ellipsis."""
    return text if letters(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def wrap(text: str, most: int) -> list[str]:
    """Break a text into two lines of about one length where one of `most` letters does not hold it; what is still too long is cut."""
    if letters(text) <= most:
        return [text]
    words = text.split(" ")  # a no-break space keeps an arrow with what it points at
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    even = min(splits, key=lambda lines: abs(letters(lines[0]) - letters(lines[1])), default=(text, ""))
    if max(map(letters, even)) <= most:
        return list(even)
    full = [lines for lines in splits if letters(lines[0]) <= most]
    first, second = full[-1] if full else (text, "")
    return [shorten(line, most) for line in (first, second) if line]
