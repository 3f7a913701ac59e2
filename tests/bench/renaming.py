"""A dossier whose ids are chosen when it is written, in many hands: held against one in which they were changed afterwards.

Usage: python -m tests.bench.renaming [N]: renames an actor, a report and an event, and merges two actors, in dossiers of N reports
(1,000 unless named), builds them, and compares every file with the site of a dossier that was written so from the start.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

WORDS = ["قال", "المصدر", "إن", "الوفد", "وصل", "إلى", "المدينة", "مساء", "الخميس", "وغادرها", "فجرا", "بعد", "لقاء", "قصير", "لم", "تعلن", "نتائجه"]  # fmt: skip


@dataclass(frozen=True)
class Written:
    """How ids are written: others in the place of some, former ids, and the actor that is no other than `same`."""

    ids: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    same: str | None = None

    def __getitem__(self, identity: str) -> str:
        return self.ids.get(identity, identity)

    def former(self, identity: str) -> str:
        """The line that names a former id."""
        return f"was: [{self.was[identity]}]\n" if identity in self.was else ""

    def each(self, *identities: str) -> list[str]:
        """Ids, none twice."""
        return list(dict.fromkeys(self[identity] for identity in identities))


def write_dossier(folder: Path, number: int, ids: Written | None = None) -> None:
    """Write `number` reports on 40 actors and 20 events that name each other in every way, in block and flow, with quotes and comments."""
    ids = ids or Written()
    actors = [f"actor-{n}" for n in range(40)]
    for n, actor in enumerate(actors):
        if ids.same != actor:
            _write(folder / f"content/actors/{ids[actor]}.md", _actor(n, actor, actors, ids))
    for n in range(20):
        named = ids.each(actors[n % 40], actors[(n + 1) % 40], actors[(n * 3) % 40])
        listed = "".join(f"  - {name} # من هو\n" for name in named)
        text = f"---\ntitle: لقاء رقم {n}\nwhen: 2015\nactors:\n{listed}{ids.former(f'event-{n}')}---\nانظر [هذا](actor:{ids[actors[n]]}).\n"
        _write(folder / f"content/events/{ids[f'event-{n}']}.md", text.replace("when: 2015", 'when: "2015"'))
    for n in range(number):
        _write(folder / f"seeds/s{n}.txt", _seed(n))
        _write(folder / f"content/reports/{ids[f'report-{n}']}.md", _report(n, number, ids))
    _write(folder / "content/dossier.yaml", _settings(number, ids))
    link = f"[فاعل](actor:{ids['actor-3']}) و[تقرير](report:{ids['report-5']}) و[قول](claim:{ids['report-5']}#c1)"
    _write(
        folder / "content/pages/about.md",
        f"---\ntitle: عن الملف\n---\n{link}، و[حدث](event:{ids['event-2']} 'عنوان').\n",
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


def _actor(n: int, actor: str, actors: list[str], ids: Written) -> str:
    kind = "outlet" if n % 10 == 1 else "organisation"
    whole = ids.each(actors[n - 5]) if n % 7 == 6 else []
    part = f'part_of: ["{whole[0]}"]\n' if whole and whole != [ids[actor]] else ""
    aliases = f"aliases: [الهيئة رقم {n}{', ' + 'الجهة رقم 17' if n == 7 and ids.same else ''}]\n"
    note = f"تعمل مع [غيرها](actor:{ids[actors[(n + 9) % 40]]}).\n"
    if n == 7 and ids.same:  # what it takes over of the other
        aliases = "aliases: [الهيئة رقم 7, الجهة رقم 17, الهيئة رقم 17]\n"
        note += f"\nتعمل مع [غيرها](actor:{ids[actors[26]]}).\n"
    return f"---\nname: الجهة رقم {n}\nkind: {kind}\n{aliases}{part}{ids.former(actor)}---\n{note}"


def _seed(n: int) -> str:
    lines = [
        " ".join([*WORDS[(n + i) % 7 :], f"الجهة رقم {(n * i) % 40}", *WORDS[: (n + i) % 9 + 3]]) for i in range(4)
    ]
    return "\n\n".join(lines) + "\n"


def _report(n: int, number: int, ids: Written) -> str:
    """Every fourth report is written in another hand: block, flow, quoted, with an anchor."""
    who, other, outlet = f"actor-{(n * 3 + 2) % 40}", f"actor-{(n * 5 + 7) % 40}", f"actor-{(n % 4) * 10 + 1}"
    about = ids.each(who, other, "actor-17" if n % 3 else "actor-7", "actor-7")
    earlier = ids[f"report-{n // 2}"]
    lists = [
        f"    about: [{', '.join(about)}]\n",
        "    about:\n" + "".join(f"      - {name}\n" for name in about),
        "    about: [" + ", ".join(f'"{name}"' for name in about) + "] # عمّن\n",
        f"    about: [ {' , '.join(about)} ]\n",
    ]
    said = ids.each(who, outlet)
    chains = [
        f"    said: [{', '.join(f'{{who: {name}}}' for name in said)}]\n",
        "    said:\n" + "".join(f"      - who: '{name}'\n" for name in said),
        "    said:\n" + "".join(f"      - {{who: {name}}}   # قائل\n" for name in said),
        f"    said: [{', '.join(f'{{ who: {name} }}' for name in said)}]\n",
    ]
    link = f"{{report: {earlier}, claim: c1, certainty: probable, why: الكلمات نفسها}}" if n else ""
    repeats = f"    repeats: [{link}]\n" if n % 2 else f"    agrees:\n      - {link}\n"
    claims = "".join(
        f"  - id: c{c}\n    text: يقول المصدر رقم {n} إن اللقاء {c} جرى.\n{chains[(n + c) % 4]}{lists[(n + c) % 4]}"
        f"    at: {c}\n    mode: reported\n    event: {ids[f'event-{(n + c) % 20}']}\n{repeats if c == 1 and n else ''}"
        for c in (1, 2)
    )
    cites = f"cites: [{{report: {earlier}, certainty: certain, why: يسميه}}]\n" if n % 5 == 4 else ""
    means = f"means: [{{text: المدينة, actor: {ids[other]}, at: [1]}}]\n" if n % 11 == 3 else ""
    head = (
        f'title: تقرير رقم {n} # بعنواننا\nseed: s{n}.txt\nshort: تقرير {n}\noutlet: {ids[outlet]}\npublished: "2016"\n'
    )
    brief = (
        f"يقول [أحدهم](actor:{ids[who]}) ما في [قول](claim:{earlier}#c1) عن [لقاء](event:{ids[f'event-{n % 20}']}).\n"
    )
    return f"---\n{head}{cites}{means}claims:\n{claims}{ids.former(f'report-{n}')}---\n\n{brief}"


def _settings(number: int, ids: Written) -> str:
    refs = ", ".join(f"{ids[f'report-{n % number}']}#c1" for n in (5, 6, 8))
    return (
        "title: ملف للقياس\nurl: https://bench.example\n"
        f"judgments:\n  - text: يقول كثيرون ذلك.\n    confidence: low\n    claims: [{refs}]\n"
        f'unknowns:\n  - {{text: لا يُعرف متى., claims: ["{ids["report-5"]}#c2"]}}\n'
        f"tables:\n  - id: t\n    title: جدول\n    rows: [{{actor: {ids['actor-3']}}}, {{actor: {ids['actor-17']}}}]\n"
        f"    columns: [{{id: x, title: مال}}]\n    cells: [{{row: {ids['actor-3']}, column: x, text: قرض من مصدر, claims: [{ids['report-5']}#c1]}}]\n"
    )


CASES: Mapping[str, tuple[tuple[str, ...], Written, str]] = {
    "rename actor": (
        ("rename", "actor", "actor-3", "the-bureau"),
        Written({"actor-3": "the-bureau"}, {"actor-3": "actor-3"}),
        "actors/actor-3",
    ),
    "rename report": (
        ("rename", "report", "report-5", "the-scoop"),
        Written({"report-5": "the-scoop"}, {"report-5": "report-5"}),
        "reports/report-5",
    ),
    "rename event": (
        ("rename", "event", "event-2", "the-meeting"),
        Written({"event-2": "the-meeting"}, {"event-2": "event-2"}),
        "events/event-2",
    ),
    "merge actor": (
        ("merge", "actor", "actor-17", "actor-7"),
        Written({"actor-17": "actor-7"}, {"actor-7": "actor-17"}, "actor-17"),
        "actors/actor-17",
    ),
}


def differing(one: Path, other: Path) -> list[str]:
    """Return the files, by path, that two folders have not in common, or not with the same bytes."""
    files = [{p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (one, other)]
    return sorted(path for path in {**files[0], **files[1]} if files[0].get(path) != files[1].get(path))


def measure(number: int, build: Callable[[Path, Path], None]) -> None:
    """Print for each case how long it took and what of the site differs."""
    with tempfile.TemporaryDirectory(prefix="renaming-") as place:
        base = Path(place) / "base"
        write_dossier(base, number)
        for name, (arguments, so_from_the_start, former) in CASES.items():
            changed, wanted = Path(place) / "changed", Path(place) / "wanted"
            for folder in (changed, wanted):
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base, changed)
            write_dossier(wanted, number, so_from_the_start)
            begun = time.monotonic()
            told = run(*arguments, "--root", str(changed)).splitlines()[-1]
            took = time.monotonic() - begun
            for folder in (changed, wanted):
                build(folder, folder / "public")
            apart = differing(changed / "public", wanted / "public")
            total = sum(path.is_file() for path in (wanted / "public").rglob("*"))
            leads = (changed / "public" / former / "index.html").is_file()
            print(
                f"{name}: {told}; {took:.1f} s; {len(apart)} of {total} files differ {apart[:5]}; {former}/ leads on: {leads}"
            )


def run(*arguments: str) -> str:
    """Run a command and return what it printed."""
    done = subprocess.run([sys.executable, "-m", "dossier", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    measure(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        lambda root, out: print("", end=run("build", "--root", str(root), "--out", str(out))[:0]),
    )
