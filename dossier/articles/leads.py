"""Gather what helps an editor with a raw article: headline, words of time, noise, actors, faults of the capture.

Everything found is a lead, written into the report's scaffold as comments; nothing of it becomes a fact by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from dossier.articles.article import NoteCode
from dossier.articles.captures import Capture
from dossier.articles.date_phrases import convert_hijri, find_date_phrases
from dossier.articles.defects import Defect, DefectKind, find_defects
from dossier.articles.mentions import Names, find_mentions
from dossier.articles.noise import Reason
from dossier.articles.signatures import Signature, find_signature
from dossier.articles.source_text import SourceText
from dossier.articles.spans import Span, Taken
from dossier.articles.strangers import Stranger, StrangerKind, find_strangers

LONGEST_HEADLINE = 150
LONGEST_EXCERPT = 30  # characters of the publisher's words that a comment quotes
MAX_LISTED = 40
REASONS: Mapping[Reason, str] = {
    "form": "نموذج تعليق", "see-also": "«اقرأ أيضًا»", "source-line": "سطر المصدر", "page": "من هيكل الصفحة", "repeated": "تكرار",
}  # fmt: skip
DEFECTS: Mapping[DefectKind, str] = {
    "glued": "كلمات ملتصقة", "repeated": "تكرار للفقرة", "quotes": "علامة اقتباس بلا قرينتها", "bidi": "محرف اتجاه خفي",
    "lost": "حرف ضاع", "mojibake": "نص قُرئ بترميز خاطئ", "presentation": "حروف مركّبة (أشكال العرض)",
    "long": "فقرة طويلة جدًّا: لعل حدود الفقرات ضاعت",
}  # fmt: skip
_Name = TypeVar("_Name", str, tuple[StrangerKind, str])
STRANGERS: Mapping[StrangerKind, str] = {"person": "أشخاص", "body": "جهات", "state": "دول"}
# How a file was read; what stands in braces is the note's value.
READ: Mapping[NoteCode, str] = {
    "mended": "قُرئ النص بترميز خاطئ قبل حفظه، وأُعيدت قراءته ({}): راجعه",
    "scanned-pages": "صفحات هي صور بلا نص: {}",
    "large-table": "جدول كبير تُرك ({} خلية): راجع الأصل",
    "digest-right": "بصمة المحتوى في الأرشيف مطابقة: {}",
    "digest-wrong": "بصمة المحتوى في الأرشيف لا تطابق ما فيه: {}",
    "no-digest": "لا بصمة للمحتوى في الأرشيف",
    "attachments": "مرفقات لم تُقرأ: {}",
    "messages": "عدد الرسائل: {}",
    "script-only": "النص من وصف الصفحة للآلات (JSON-LD): ما تعرضه الصفحة يأتي ببرنامج",
    "hidden-text": "في الوثيقة نص مخفي: راجع الأصل",
    "cut": "في البند ملخص وحده، وقد يكون المقال أطول",
    "time-codes": "ما بين المعقوفين وقت الكلام في التسجيل",
}  # fmt: skip

# How every comment begins that `notes_of` writes above its lists, and by which it is known again where it is left.
HEADINGS = (
    "عنوان مؤقت", "ليس من المقال", "عيوب في الالتقاط", "الناشر في وصف الصفحة", "ناشر أو وكالة في سطر التوقيع", "الكاتب في وصف الصفحة",
    "الكاتب في سطر التوقيع", "تاريخ في وصف الصفحة", "عُدّلت الصفحة بعد نشرها", "عبارات زمنية في النص", "قسم الصفحة", "فاعلون سمّاهم النص",
    "أسماء تشبه فاعلين", *(note.partition("{")[0] for note in READ.values()),
)  # fmt: skip


def left_over(text: str) -> list[int]:
    """Return the lines, from 1, that begin leads which still stand in a report."""
    lines = enumerate(text.splitlines(), 1)
    return [number for number, line in lines if line.startswith("# ") and line[2:].startswith(HEADINGS)]


class Leads(Struct, frozen=True, kw_only=True):
    """What was found in one captured article. Most named first.

    `actors` are pairs of id and number of mentions, `strangers` names that look like actors and have no page, with their kind.
    """

    source: SourceText
    headline: str | None
    dates: tuple[Span, ...]
    actors: tuple[tuple[str, int], ...]
    strangers: tuple[tuple[tuple[StrangerKind, str], int], ...]
    signatures: tuple[Signature, ...]
    defects: tuple[Defect, ...]


def find_leads(capture: Capture, source: SourceText, names: Names) -> Leads:
    """Search an article for leads. `names` are those of the dossier's actors."""
    mentions = find_mentions(source, names)
    strangers = find_strangers(source.text, mentions)
    return Leads(
        source=source,
        headline=capture.headline or _guess_headline(source),
        dates=tuple(_outside(find_date_phrases(source.text), strangers)),
        actors=_counted(mention.actor for mention in mentions),
        strangers=_counted((stranger.kind, stranger.name) for stranger in strangers),
        signatures=find_signature(source.text),
        defects=find_defects(source.text, source.paragraphs),
    )


def _counted(names: Iterable[_Name]) -> tuple[tuple[_Name, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


def _outside(phrases: Iterable[Span], strangers: Sequence[Stranger]) -> Iterator[Span]:
    """Return the phrases of time that are no part of a name: «اليوم» of «عين اليوم»."""
    names = Taken((name.start, name.end) for name in strangers)
    return (phrase for phrase in phrases if not names.holds(phrase))


def _guess_headline(source: SourceText) -> str | None:
    """Return the first paragraph, where it is one short line without a full stop and longer ones follow."""
    if len(source.paragraphs) < 2:
        return None
    first = source.paragraphs[0]
    line = source.text[first.start : first.end]
    longest = max(p.end - p.start for p in source.paragraphs[1:])
    if len(line) > LONGEST_HEADLINE or "\n" in line or line.endswith((".", "…", "،", ":")) or longest <= len(line):
        return None
    return " ".join(line.split())


def notes_of(leads: Leads, capture: Capture, labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Write the leads as comments, by the field of a report above which they stand. `labels` are the actors' names by id."""
    return {
        "title": ("عنوان مؤقت: اكتب عنوانك",),
        "seed": (
            *_listed("ليس من المقال", list(_noise_notes(leads))),
            *_listed("عيوب في الالتقاط", _defect_notes(leads)),
        ),
        "original": tuple(READ[note.code].format(note.value) for note in capture.notes),
        "outlet": (
            *_said("الناشر في وصف الصفحة", capture.outlet),
            *_signed("ناشر أو وكالة في سطر التوقيع", leads, "outlet"),
        ),
        "author": (*_said("الكاتب في وصف الصفحة", capture.author), *_signed("الكاتب في سطر التوقيع", leads, "author")),
        "published": (
            *_said("تاريخ في وصف الصفحة، يحتاج إلى تحقق", capture.published),
            *_said(
                "عُدّلت الصفحة بعد نشرها بحسب وصفها", capture.modified if capture.modified != capture.published else None
            ),
            *_listed("عبارات زمنية في النص، هي قرائن لا وقائع", list(_date_notes(leads))),
        ),
        "topics": _said("قسم الصفحة", capture.section),
        "claims": (
            *_listed("فاعلون سمّاهم النص، وعدد المرات", [f"{a} ({labels[a]}): {n}" for a, n in leads.actors]),
            *(line for kind in STRANGERS for line in _strangers(leads, kind)),
        ),
    }


def _said(heading: str, value: str | None) -> tuple[str, ...]:
    return (f"{heading}: {value}",) if value else ()


def _signed(heading: str, leads: Leads, kind: str) -> tuple[str, ...]:
    return _said(heading, "، ".join(signature.name for signature in leads.signatures if signature.kind == kind))


def _strangers(leads: Leads, kind: StrangerKind) -> tuple[str, ...]:
    names = [f"{name}: {n}" for (one, name), n in leads.strangers if one == kind]
    return _listed(f"أسماء تشبه فاعلين ولا صفحة لها ({STRANGERS[kind]})", names)


def _listed(heading: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Return a heading and lines below it; of very many the first."""
    if not lines:
        return ()
    more = [f"- … و{len(lines) - MAX_LISTED} غيرها"] if len(lines) > MAX_LISTED else []
    return (f"{heading}:", *(f"- {line}" for line in lines[:MAX_LISTED]), *more)


def _noise_notes(leads: Leads) -> Iterator[str]:
    for noise in leads.source.noise:
        if noise.reason == "repeated":  # among the defects, with what it repeats
            continue
        yield f"{REASONS[noise.reason]}، الفقرة {_paragraph(leads.source, noise.start)}"


def _date_notes(leads: Leads) -> Iterator[str]:
    for start, end in leads.dates:
        words = " ".join(leads.source.text[start:end].split())  # whole: the year comes last
        day = convert_hijri(words)
        reckoned = f" (يوافق {day.isoformat()} حسابًا، وقد يختلف يومًا أو يومين)" if day else ""
        yield f"«{words}»{reckoned}، الفقرة {_paragraph(leads.source, start)}"


def _defect_notes(leads: Leads) -> list[str]:
    notes = []
    for defect in leads.defects:
        if defect.kind == "repeated":
            notes.append(f"{DEFECTS[defect.kind]} {defect.other}، الفقرة {defect.paragraph}")
        elif defect.kind in ("long", "bidi"):
            notes.append(f"{DEFECTS[defect.kind]}، الفقرة {defect.paragraph}")
        else:
            quoted = _excerpt(leads.source, *_shown(leads.source, defect))
            notes.append(f"{DEFECTS[defect.kind]}، الفقرة {defect.paragraph}: [{quoted}]")
    return notes


def _shown(source: SourceText, defect: Defect) -> Span:
    """Return the span that a comment quotes: the words, or what stands around a quotation mark within its paragraph."""
    if defect.kind != "quotes":
        return defect.start, defect.end
    paragraph = source.paragraphs[defect.paragraph - 1]
    around = LONGEST_EXCERPT // 2
    return max(paragraph.start, defect.start - around), min(paragraph.end, defect.end + around)


def _excerpt(source: SourceText, start: int, end: int) -> str:
    more = "…" if end - start > LONGEST_EXCERPT else ""
    return " ".join(source.text[start : min(end, start + LONGEST_EXCERPT)].split()) + more


def _paragraph(source: SourceText, offset: int) -> int:
    return next((p.number for p in source.paragraphs if p.start <= offset < p.end), 0)
