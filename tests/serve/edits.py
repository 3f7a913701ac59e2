"""A tiny dossier and the edits that an editor makes to it, sound and broken, each drawn from a number."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPORTS = ("a", "b", "c", "d-1")
ACTORS = {"bank": "المصرف المركزي", "union": "اتحاد العمال", "paper": "صحيفة البلاد"}
EVENTS = ("meeting", "strike")
TEMPLATES = (
    "base.html",
    "pages/report.html",
    "pages/home.html",
    "macros/claims.html",
    "assets/css/30-components.css",
    "assets/sort.js",
)
PROJECT = Path(__file__).parents[2] / "templates"
BROKEN = (
    "---\ntitle: [\n---\n",
    "no front matter",
    "---\ntitle: x\nseed: none.txt\n---\n",
    "\x00",
    "---\ntitel: x\n---\n",
    "",
)


@dataclass(frozen=True)
class Edit:
    """What happens to the files: a path with its new text, None for its end; or where it moves to."""

    path: str
    text: str | None = None
    target: str | None = None


def start(more: int = 0) -> dict[str, str]:
    """The files of a dossier in order, with so many more reports than a few."""
    draw = random.Random(1)
    files = {"content/dossier.yaml": settings(draw), "content/places.yaml": "- {name: طرابلس, latin: Tripoli}\n"}
    files |= {f"content/actors/{actor}.md": actor_file(actor, draw) for actor in ACTORS}
    files |= {f"content/events/{event}.md": event_file(event, draw) for event in EVENTS}
    files |= {f"seeds/{report}.txt": seed(draw) for report in REPORTS[:3]}
    files |= {f"content/reports/{report}.md": plain_report(report) for report in REPORTS[:3]}
    for name in more_reports(more):
        report = re.sub(
            r"^was: .*\n", "", report_file(name, draw), flags=re.MULTILINE
        )  # of which all have one of three
        files |= {f"seeds/{name}.txt": seed(draw), f"content/reports/{name}.md": report}
    return files | {"content/pages/about.md": "---\ntitle: عن الملف\n---\nنص [المصرف](actor:bank).\n"}


def plain_report(name: str) -> str:
    return f"---\ntitle: تقرير {name}\nseed: {name}.txt\nclaims:\n  - {{id: c1, text: قيل, said: [{{who: bank}}], at: 1, mode: reported}}\n---\n"


def settings(draw: random.Random) -> str:
    lines = [f"title: ملف {draw.randrange(3)}"]
    lines += ["digits: arab"] if draw.random() < 0.3 else []
    lines += ["url: https://example.org/x/"] if draw.random() < 0.5 else []
    lines += ["unknowns: [{text: لا يعرف أحد, claims: [a#c1]}]"] if draw.random() < 0.5 else []
    return "\n".join(lines) + "\n"


def actor_file(name: str, draw: random.Random) -> str:
    kind = "outlet" if name == "paper" or draw.random() < 0.1 else "organisation"
    aliases = f"aliases: [{draw.choice(('المصرف', 'الاتحاد', 'العمال'))}]\n" if draw.random() < 0.5 else ""
    part = f"part_of: [{draw.choice(list(ACTORS))}]\n" if draw.random() < 0.2 else ""
    was = f"was: [old-{name}]\n" if draw.random() < 0.2 else ""
    label = ACTORS.get(name, "جهة أخرى")
    return f"---\nname: {label}\nkind: {kind}\n{aliases}{part}{was}---\nملاحظة {draw.randrange(9)} عن {draw.choice(list(ACTORS.values()))}.\n"


def event_file(name: str, draw: random.Random) -> str:
    return f"---\ntitle: حدث {name} {draw.randrange(9)}\nwhen: '{draw.choice(('2017', '2018-05', '2017-01/2017-03'))}'\nactors: [{draw.choice(list(ACTORS))}]\n---\n"


def seed(draw: random.Random) -> str:
    words = [*ACTORS.values(), "وقال المصرف", "للاتحاد رأي", "في طرابلس", "صدر بيان", "يوم أمس"]
    return (
        "\n\n".join(" ".join(draw.choices(words, k=draw.randint(2, 12))) + "." for _ in range(draw.randint(2, 5)))
        + "\n"
    )


def report_file(name: str, draw: random.Random) -> str:
    others = [report for report in REPORTS[:3] if report != name]
    lines = [f"title: تقرير {name} {draw.randrange(99)}", f"seed: {name}.txt"]
    lines += [f"published: '{draw.choice(('2017-05-01', '2018', '2016-02/2016-04'))}'"] if draw.random() < 0.7 else []
    lines += ["outlet: paper"] if draw.random() < 0.4 else []
    lines += (
        [f"cites: [{{report: {draw.choice(others)}, certainty: probable, why: يذكره}}]"] if draw.random() < 0.4 else []
    )
    lines += [f"was: [old-{draw.choice('xyz')}]"] if draw.random() < 0.2 else []
    claims = [claim(number, others, draw) for number in range(1, draw.randint(1, 4) + 1)]
    return (
        "---\n"
        + "\n".join([*lines, "claims:", *claims])
        + f"\n---\nخلاصة {draw.randrange(99)} عن {draw.choice(list(ACTORS.values()))}.\n"
    )


def claim(number: int, others: list[str], draw: random.Random) -> str:
    said = "{who: null, as: مصدر, anonymous: true}" if draw.random() < 0.2 else f"{{who: {draw.choice(list(ACTORS))}}}"
    parts = [
        f"id: c{number}",
        f"text: قول {draw.randrange(99)}",
        f"said: [{said}]",
        f"about: [{draw.choice(list(ACTORS))}]",
    ]
    parts += [f"at: {draw.randint(1, 2)}", f"mode: {draw.choice(('reported', 'hedged', 'denied'))}"]
    parts += [f"event: {draw.choice(EVENTS)}"] if draw.random() < 0.2 else []
    link = (
        f"[{{report: {draw.choice(others)}, claim: c1, certainty: {draw.choice(('certain', 'possible'))}, why: سبب}}]"
    )
    parts += [f"{draw.choice(('repeats', 'agrees'))}: {link}"] if draw.random() < 0.3 else []
    parts += (
        [f"differs: [{{report: {draw.choice(others)}, claim: c1, in: date, why: سبب}}]"] if draw.random() < 0.2 else []
    )
    return f"  - {{{', '.join(parts)}}}"


def template(name: str, draw: random.Random) -> str:
    """The project's own with a remark at its end, or one that cannot be read or asks for what is not there."""
    own = (PROJECT / name).read_text("utf-8")
    if name.endswith((".css", ".js")):
        return (
            own
            + f"/* {draw.randrange(9)} */\n"
            + (f"main {{ order: {draw.randrange(9)} }}\n" if name.endswith("css") else "")
        )
    if draw.random() < 0.15:
        return "{% if %}" + own
    return own + (
        f"\n{{# {draw.randrange(9)} #}}<!-- {draw.randrange(9)} -->" if not name.startswith("macros") else "\n\n"
    )


Maker = tuple[str, tuple[str, ...], Callable[[str, random.Random], str]]
OTHERS: tuple[Maker, ...] = (
    ("content/actors/{}.md", (*ACTORS, "new"), actor_file),
    ("content/events/{}.md", EVENTS, event_file),
    ("content/{}", ("dossier.yaml",), lambda _, draw: settings(draw)),
    ("templates/{}", TEMPLATES, template),
)


def more_reports(number: int) -> tuple[str, ...]:
    """The names of so many reports beside the first few."""
    return tuple(f"r{n}" for n in range(number))


def makers(more: int) -> tuple[Maker, ...]:
    """What may be edited, and how its new text is made."""
    reports = (*REPORTS, *more_reports(more))
    reported: Maker = ("content/reports/{}.md", reports, report_file)
    return (reported, reported, ("seeds/{}.txt", reports, lambda _, draw: seed(draw)), *OTHERS)


def make_edit(number: int, more: int = 0) -> Edit:
    """An edit by its number: mostly a file written anew, at times a broken one, one that goes, or one that gets another name."""
    draw = random.Random(number)
    pattern, names, maker = draw.choice(makers(more))
    name = draw.choice(names)
    path = pattern.format(name)
    what = draw.random()
    if what < 0.12:
        return Edit(path)
    if what < 0.2 and not path.startswith("templates/"):
        return Edit(path, target=pattern.format(draw.choice(names)))
    if what < 0.3 and not path.startswith(("templates/", "seeds/")):
        return Edit(path, draw.choice(BROKEN))
    return Edit(path, maker(name, draw))


def apply(edit: Edit, root: Path) -> list[str]:
    """Makes an edit; the paths that it concerns."""
    path = root / edit.path
    if edit.text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.text, "utf-8")
        return [str(path)]
    if not path.exists():
        return []
    if edit.target is None:
        path.unlink()
        return [str(path)]
    path.replace(root / edit.target)
    return [str(path), str(root / edit.target)]


def write_all(root: Path, more: int = 0) -> None:
    """Writes the dossier that edits begin with."""
    for path, text in start(more).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
