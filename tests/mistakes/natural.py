"""The mistakes. Each changes the dossier of `tests/invalid/base` and says what must be told: the place, a word of the cause, a word of the remedy.

A place is `file:line`, of a whole file its path alone. Of several words parted by `|` one is enough; an empty remedy means that the cause says it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

A, ALI, PAPER, OPENING = (
    "content/reports/a.md",
    "content/actors/ali.md",
    "content/actors/paper.md",
    "content/events/opening.md",
)
SETTINGS, PLACES, SEED = "content/dossier.yaml", "content/places.yaml", "seeds/a.txt"


@dataclass(frozen=True)
class Mistake:
    """One mistake: what stands in a file and what is written in its place, and files that are added or (None) missing."""

    name: str
    place: str
    cause: str
    remedy: str = ""
    file: str = A
    old: str = ""
    new: str = ""
    files: dict[str, str | bytes | None] = field(default_factory=dict)


def in_report(name: str, line: int, cause: str, remedy: str, old: str, new: str) -> Mistake:
    return Mistake(name, f"{A}:{line}", cause, remedy, A, old, new)


CLAIM = "claims:\n  - id: c1\n    text: قول\n    said: [{who: ali}]\n    at: 1\n    mode: reported\n"

MISTAKES = (
    # names where ids belong
    in_report("name for a speaker", 8, "علي", "ali", "{who: ali}", "{who: علي}"),
    in_report("name for an outlet", 4, "الجريدة", "paper", "outlet: paper", "outlet: الجريدة"),
    in_report("name in about", 9, "علي", "ali", "about: [ali]", "about: [علي]"),
    in_report("name of nobody", 9, "سعاد", "new", "about: [ali]", "about: [سعاد]"),
    in_report("title for an event", 13, "فتح الطريق", "opening", "event: opening", "event: فتح الطريق"),
    in_report("file's name for an id", 4, "paper.md", "paper", "outlet: paper", "outlet: paper.md"),
    in_report("capital id", 4, "Paper", "paper", "outlet: paper", "outlet: Paper"),
    in_report("underscore for hyphen", 13, "open_ing", "opening", "event: opening", "event: open_ing"),
    in_report("list of speakers as ids", 8, "mapping", "who", "said: [{who: ali}, {who: paper}]", "said: [ali, paper]"),
    in_report("one speaker without list", 8, "list", "[|- ", "said: [{who: ali}, {who: paper}]", "said: {who: ali}"),
    in_report("id of an actor alone", 9, "list", "[ali]", "about: [ali]", "about: ali"),
    in_report("Arabic comma between ids", 9, "ali، paper", ",", "about: [ali]", "about: [ali، paper]"),
    in_report("no comma between ids", 9, "ali paper", ",", "about: [ali]", "about: [ali paper]"),
    # words of lists
    in_report("Arabic mode", 12, "mode", "reported", "mode: reported", "mode: إخبار"),
    in_report("Arabic mode of denial", 12, "mode", "denied", "mode: reported", "mode: نفي"),
    in_report("allegedly", 12, "mode", "hedged", "mode: reported", "mode: allegedly"),
    in_report("claimed", 12, "mode", "reported", "mode: reported", "mode: claimed"),
    in_report("mode misspelt", 12, "mode", "conditional", "mode: reported", "mode: condtional"),
    Mistake("company", f"{ALI}:3", "kind", "organisation", ALI, "kind: person", "kind: company"),
    Mistake("ministry", f"{ALI}:3", "kind", "government", ALI, "kind: person", "kind: ministry"),
    Mistake("newspaper", f"{PAPER}:3", "kind", "outlet", PAPER, "kind: outlet", "kind: صحيفة"),
    Mistake("militia", f"{ALI}:3", "kind", "armed-group", ALI, "kind: person", "kind: ميليشيا"),
    Mistake("organization", f"{ALI}:3", "kind", "organisation", ALI, "kind: person", "kind: organization"),
    in_report("Arabic genre", 4, "genre", "interview", "outlet: paper", "genre: مقابلة"),
    Mistake("Arabic confidence", f"{SETTINGS}:4", "confidence", "low", SETTINGS, "confidence: low", "confidence: منخفضة"),
    Mistake("medium confidence", f"{SETTINGS}:4", "confidence", "moderate", SETTINGS, "confidence: low", "confidence: medium"),
    # dates
    in_report("Arabic month", 10, "EDTF", "2017-05", 'when: "2017-05"', "when: مايو 2017"),
    in_report("Arabic day and digits", 10, "EDTF", "2017-05-03", 'when: "2017-05"', 'when: "٣ مايو ٢٠١٧"'),
    in_report("Levantine month", 10, "EDTF", "2017-05", 'when: "2017-05"', "when: أيار 2017"),
    in_report("English date", 10, "EDTF", "2017-05-03", 'when: "2017-05"', "when: 3 May 2017"),
    in_report("day first with slashes", 10, "EDTF", "2017-05-13", 'when: "2017-05"', "when: 13/05/2017"),
    in_report("about a year", 10, "EDTF", "2017~", 'when: "2017-05"', "when: نحو عام 2017"),
    in_report("years with a dash", 10, "EDTF", "2017/2018", 'when: "2017-05"', "when: 2017-2018"),
    in_report("bare year", 10, "number", '"2017"', 'when: "2017-05"', "when: 2017"),
    in_report("last week", 10, "EDTF", "2017-01", 'when: "2017-05"', "when: الأسبوع الماضي"),
    in_report("month 13", 10, "13", "", 'when: "2017-05"', 'when: "2017-13"'),
    in_report("from May to June", 10, "EDTF", "2017-05/2017-06", 'when: "2017-05"', "when: من مايو إلى يونيو 2017"),
    in_report("typographic quotes around a date", 10, "EDTF", '"2017-05"', 'when: "2017-05"', "when: “2017-05”"),
    in_report("guillemets around a date", 10, "EDTF", '"2017-05"', 'when: "2017-05"', "when: «2017-05»"),
    in_report("summer", 10, "EDTF", "2017-22", 'when: "2017-05"', "when: صيف 2017"),
    # quotes and colons
    in_report("title's quote not closed", 2, "never closed", '"', "title: تقرير قصير عن طريق", 'title: "تقرير قصير عن طريق'),
    in_report("claim's quote not closed", 7, "never closed", '"', "text: يقول علي", 'text: "يقول علي'),
    in_report("seed's quote not closed", 3, "never closed", '"', "seed: a.txt", 'seed: "a.txt'),
    in_report("single quote not closed", 2, "never closed", "'", "title: تقرير", "title: 'تقرير"),
    in_report("quote opened inside braces", 8, "never closed", '"', "{who: paper}", '{who: "paper}'),
    in_report("quote only at the end", 10, "2017-05", '"2017-05"', 'when: "2017-05"', 'when: 2017-05"'),
    in_report("colon in a title", 2, "colon", "quotes", "title: تقرير قصير", "title: عاجل: تقرير قصير"),
    in_report("quotes inside quotes", 2, "closing quote", "quote", "title: تقرير قصير", 'title: "قال "نعم" ثم"'),
    in_report("no-break space behind a colon", 4, "U+00A0", "space", "outlet: paper", "outlet:\u00a0paper"),
    in_report("no space behind a colon", 4, "space", "name: value", "outlet: paper", "outlet:paper"),
    in_report("tab for spaces", 11, "tab", "spaces", "    at: 1", "\tat: 1"),
    in_report("indented too far", 11, "colon|fit", "space|indent", "    at: 1", "      at: 1"),
    in_report("indented too little", 11, "fit", "indent", "    at: 1", "  at: 1"),
    in_report("hyphen without space", 6, "space|list|mapping|colon|fit", "- ", "  - id: c1", "  -id: c1"),
    in_report("full-width colon", 4, "：", ":", "outlet: paper", "outlet：paper"),
    in_report("hash in a title", 2, "comment", "quotes", "title: تقرير قصير", "title: تقرير #عاجل قصير"),
    # front matter
    in_report("front matter not closed", 1, "never closed", "---", "    event: opening\n---\n", "    event: opening\n"),
    in_report("front matter not opened", 1, "begin", "---", "---\ntitle", "title"),
    in_report("title empty", 2, "empty", "value", "title: تقرير قصير عن طريق", 'title: ""'),
    in_report("title missing", 2, "title", "title", "title: تقرير قصير عن طريق\n", ""),
    in_report("field misspelt", 4, "outlt", "outlet", "outlet: paper", "outlt: paper"),
    in_report("Arabic field", 4, "الوسيلة", "outlet|fields", "outlet: paper", "الوسيلة: paper"),
    in_report("field twice", 4, "second time", "keep one", "outlet: paper", "title: آخر"),
    in_report("date for published", 4, "date", "published", "outlet: paper", 'date: "2017-05"'),
    in_report("grade of the first edition", 4, "grade", "reliability", "outlet: paper", "grade: {reliability: C}"),
    in_report("yes for draft", 4, "true or false", "true", "outlet: paper", "draft: yes"),
    in_report("git conflict in a report", 2, "git", "<<<<<<<", "title: تقرير قصير عن طريق\n", "<<<<<<< HEAD\ntitle: تقرير\n=======\ntitle: آخر\n>>>>>>> other\n"),
    Mistake("git conflict in a seed", f"{SEED}:1", "git", "<<<<<<<", files={SEED: "<<<<<<< HEAD\nقال علي.\n=======\nقال آخر.\n>>>>>>> other\n"}),
    Mistake("git conflict in the settings", f"{SETTINGS}:1", "git", "<<<<<<<", files={SETTINGS: "<<<<<<< HEAD\ntitle: أول\n=======\ntitle: ثان\n>>>>>>> b\n"}),
    # claims
    in_report("paragraph that is not there", 11, "paragraph 9", "count", "at: 1", "at: 9"),
    in_report("paragraph zero", 11, "1 or more", "", "at: 1", "at: 0"),
    in_report("paragraph in Arabic digits", 11, "whole number", "1", "at: 1", "at: ١"),
    in_report("paragraph as a word", 11, "whole number", "", "at: 1", "at: الأولى"),
    in_report("claim without mode", 6, "mode", "mode", "    mode: reported\n", ""),
    in_report("claim without paragraph", 6, "at", "at", "    at: 1\n", ""),
    in_report("claim's number alone", 6, "number", '"', "id: c1", "id: 1"),
    in_report("anonymous without description", 8, "neither", "as", "{who: ali}", "{who: null}"),
    in_report("anonymous as the word", 8, "anonymous", "write content/actors|as|id", "{who: ali}", "{who: anonymous}"),
    in_report("event that is not there", 13, "openning", "opening", "event: opening", "event: openning"),
    in_report("when outside of its event", 10, "outside", "dates", 'when: "2017-05"', 'when: "2019"'),
    in_report("repeats without why", 14, "why", "why", "    event: opening\n", "    event: opening\n    repeats: [{report: a, claim: c9, certainty: probable}]\n"),
    in_report("repeats a claim that is not there", 14, "c9", "c1", "    event: opening\n", "    event: opening\n    repeats: [{report: a, claim: c9, certainty: probable, why: كذا}]\n"),
    in_report("reference with a slash", 14, "a/c1|report|claim", "report|claim|fields", "    event: opening\n", "    event: opening\n    agrees: [a/c1]\n"),
    Mistake("judgment with a slash", f"{SETTINGS}:5", "a/c1", "#", SETTINGS, '"a#c1"', '"a/c1"'),
    Mistake("judgment's claim unquoted", f"{SETTINGS}:5", "claim|comment|list", "", SETTINGS, '["a#c1"]', "[a #c1]"),
    # links
    in_report("link to nobody", 16, "aly", "ali", "actor:ali", "actor:aly"),
    in_report("link to a claim without report", 16, "c1", "claim:<report>", "claim:a#c1", "claim:c1"),
    in_report("link to a file", 16, "leads nowhere", "actor:ali", "actor:ali", "../actors/ali.md"),
    in_report("HTML in a brief", 16, "HTML", "Markdown", "موجز عن", "<b>موجز</b> عن"),
    in_report("picture from elsewhere", 16, "picture", "content/files", "موجز عن", "![صورة](https://a.example/x.png) موجز عن"),
    in_report("picture without description", 16, "description", "seen", "موجز عن", "![](files/x.png) موجز عن"),
    in_report("footnote without text", 16, "footnote", "[^1]", "موجز عن", "موجز[^1] عن"),
    # files
    in_report("seed that is not there", 3, "b.txt", "a.txt", "seed: a.txt", "seed: b.txt"),
    in_report("seed with its folder", 3, "without a path", "name", "seed: a.txt", "seed: seeds/a.txt"),
    Mistake("two actors of one name", f"{PAPER}:2", "same name", "join", PAPER, "name: الجريدة", "name: علي"),
    Mistake("file with a capital", "content/actors/Sara.md:1", "Sara", "sara", files={"content/actors/Sara.md": "---\nname: سارة\nkind: person\n---\n"}),
    Mistake("twin names", "seeds/a.txt", "same name", "rename", files={"seeds/A.txt": "نص\n"}),
    Mistake("name that Windows keeps", "content/actors/aux.md:1", "Windows", "rename", files={"content/actors/aux.md": "---\nname: أوكس\nkind: person\n---\n"}),
    Mistake("question mark in a name", "seeds/b?.txt", "?", "rename", files={"seeds/b?.txt": "نص\n"}),
    Mistake("place misspelt", f"{OPENING}:4", "الساحلل", "الساحل", OPENING, "place: الساحل", "place: الساحلل"),
    Mistake("empty title hides no missing seed", f"{A}:3", "b.txt", "a.txt", files={A: "---\ntitle: \"\"\nseed: b.txt\noutlet: paper\n" + CLAIM + "---\n"}),
)  # fmt: skip
