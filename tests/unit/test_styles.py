"""Style sheets are published without what says nothing, and mean what was written."""

from __future__ import annotations

from dossier.pages.render import stylesheet

WRITTEN = """/* Say: "this", and { that }; it's a comment. */
a:hover, b:is(i, u) > .x { color: red; margin: calc(1em + 2px) auto; }
@media (min-width: 60rem) and (max-width: 70rem) {
  .sides::before { content: "؛ "; }
  .sides::after { content: ": { } ; /* no */"; }
  .kept { grid-template:
    "a b" / 1fr; }
}
"""


def test_strings_and_values_stay_and_idle_spaces_go() -> None:
    assert stylesheet({"assets/css/00-a.css": WRITTEN.encode()}, "/assets/site.css").decode() == (
        "a:hover,b:is(i,u) > .x{color:red;margin:calc(1em + 2px) auto}"
        "@media (min-width:60rem) and (max-width:70rem){"
        '.sides::before{content:"؛ "}.sides::after{content:": { } ; /* no */"}'
        '.kept{grid-template:"a b" / 1fr}}\n'
    )


def test_parts_are_joined_in_order_of_name() -> None:
    parts = {"assets/css/10-b.css": b"b { top: 0; }\n", "assets/css/00-a.css": b"a { top: 0; }\n", "assets/x.css": b"x"}
    assert stylesheet(parts, "/assets/site.css") == b"a{top:0}b{top:0}\n"
