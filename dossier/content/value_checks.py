"""Check single values of hand-written files beyond what their types say; each check returns the value or raises the error of `unfit`."""

from __future__ import annotations

import datetime

from pydantic_core import PydanticCustomError

from dossier.language.date_guesses import guess_date
from dossier.language.dates import ANY_FORM, DateError, parse_edtf
from dossier.language.lookalikes import plain


def unfit(message: str, hint: str = "") -> PydanticCustomError:
    """Make the error for a value that has the right type and cannot be; the message is for people."""
    return PydanticCustomError("unfit", "{message}", {"message": message, "hint": hint})


def check_edtf(text: str) -> str:
    """Return a date in EDTF."""
    try:
        parse_edtf(text)
    except DateError as error:
        guess = guess_date(text) if error.hint == ANY_FORM else None
        raise unfit(str(error), f'did you mean "{guess}"?' if guess and _is_date(guess) else error.hint) from None
    return text


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except DateError:
        return False
    return True


def check_day(text: str) -> str:
    """Return a day of the calendar."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise unfit(f'"{text}" is no day of the calendar', "write it as year-month-day") from None
    return text


def check_visible(text: str) -> str:
    """Return a text of which something can be seen."""
    if not text.isascii() and not plain(text).strip():
        raise unfit("nothing in this text can be seen", "write it anew")
    return text


def check_file_name(text: str) -> str:
    """Return the name of a file directly in `seeds/`."""
    if "/" in text or "\\" in text or text in (".", ".."):
        raise unfit("a seed is a file directly in seeds/, named without a path", "write the file's name alone")
    if text.startswith((".", "#")) or text.endswith("~"):
        raise unfit("files whose names begin with . or # or end with ~ are never read", "rename the file")
    return text


def check_words(value: object) -> object:
    """Return what stands for a claim in the ledger: words, None, or a mapping with `withdrawn`."""
    odd = isinstance(value, bool | int | float | tuple) or (isinstance(value, str) and not value.strip())
    if odd or (isinstance(value, dict) and not (set(value) == {"withdrawn"} and isinstance(value["withdrawn"], str))):
        message = "here stand a claim's words, null where it was taken out, or withdrawn with a reason"
        raise unfit(message, "write the words in quotes, null, or {withdrawn: why}")
    return value


def check_words_by_claim(value: object) -> object:
    """Return a mapping, for words by claim."""
    if not isinstance(value, dict):
        raise unfit("claims must be a mapping", "write each as <report>#<claim>: its words")
    return value
