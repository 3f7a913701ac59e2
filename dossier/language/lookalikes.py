"""Recognise characters that look like those of YAML and are others, as word processors, keyboards and web pages put them."""

from __future__ import annotations

import re

from dossier.language.arabic import to_digits

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060\ufeff"
HYPHENS = "‐‑‒–—―−﹣－"
SIGNS = {"：": ":", "﹕": ":", "，": ",", "،": ",", "［": "[", "］": "]", "｛": "{", "｝": "}", "／": "/", "＃": "#"}
SIGNS |= dict.fromkeys("“”„‟〝〞＂", '"') | dict.fromkeys("‘’‚‛＇`´", "'") | dict.fromkeys(HYPHENS, "-")

_signs = str.maketrans(SIGNS)
_spaces = re.compile(f"[{SPACES}]")
_invisible = re.compile(f"[{INVISIBLE}]")
find_odd = re.compile(f"[{SPACES}{INVISIBLE}]").search


def plain(text: str) -> str:
    """Return the text as somebody meant it who saw ASCII: its signs, digits and spaces, and nothing that cannot be seen."""
    return to_digits(_spaces.sub(" ", _invisible.sub("", text)).translate(_signs), "latn")
