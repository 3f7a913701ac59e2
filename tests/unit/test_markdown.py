"""Markdown of briefs and notes: HTML, plain text, and the places of links."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dossier.language.markdown import links, plain_text, render_markdown


def resolve(scheme: str, target: str) -> str | None:
    """Finds everything but what is called `none`."""
    return None if target == "none" or not scheme else f"../{scheme}s/{target}/"


def link_names(text: str) -> list[tuple[str, str | None]]:
    """Links «علي المهندس», also over a line end."""
    parts = re.split(r"(علي\s+المهندس)", text)
    return [(part, "../actors/ali/" if index % 2 else None) for index, part in enumerate(parts)]


def test_links_of_ours_are_resolved() -> None:
    html = render_markdown("[علي](actor:ali) و[قول](claim:a#c1) و<event:x> و[كبير](ACTOR:ali)", resolve)
    assert re.findall('href="([^"]*)"', html) == ["../actors/ali/", "../claims/a#c1/", "../events/x/", "../actors/ali/"]


def test_a_link_to_nothing_is_its_text() -> None:
    assert render_markdown("قال [فلان](actor:none) ذلك", resolve) == "<p>قال فلان ذلك</p>\n"


def test_links_elsewhere_say_nothing_of_the_opener() -> None:
    assert 'href="https://a.example/" rel="noopener"' in render_markdown("[x](https://a.example/)", resolve)


def test_paths_may_be_resolved_and_else_stay() -> None:
    assert 'href="/about/"' in render_markdown("[عنا](/about/)", resolve)
    assert 'href="../about/"' in render_markdown("[عنا](/about/)", lambda scheme, path: f"..{path}")
    assert 'href="#p3"' in render_markdown("[فقرة](#p3)", resolve)


def test_html_and_scripts_are_text() -> None:
    html = render_markdown(
        "<script>x</script> [x](javascript:x) [y](data:text/html,x) ![z](vbscript:x)\n\n<b>س</b>", resolve
    )
    assert "<script" not in html
    assert "<b>" not in html
    assert "href" not in html
    assert "src" not in html


def test_an_image_is_a_link() -> None:
    assert render_markdown("![صورة](https://a.example/i.png)", resolve) == (
        '<p><a href="https://a.example/i.png" rel="noopener">صورة</a></p>\n'
    )


def test_headings_begin_below_the_page_title() -> None:
    assert render_markdown("# أ\n\n## ب", resolve) == "<h2>أ</h2>\n<h3>ب</h3>\n"
    assert render_markdown("# أ\n\n##### ب", resolve, heading=3) == "<h3>أ</h3>\n<h6>ب</h6>\n"


def test_latin_runs_are_isolated_and_escaped() -> None:
    assert render_markdown("صحيفة Le Monde & [The Post](actor:post)", resolve) == (
        '<p>صحيفة <bdi>Le Monde</bdi> &amp; <a href="../actors/post/"><bdi>The Post</bdi></a></p>\n'
    )


def test_names_are_linked_once_a_paragraph_and_over_line_ends() -> None:
    html = render_markdown("قال علي\nالمهندس ثم علي المهندس\n\nوعلي المهندس", resolve, link_text=link_names)
    assert html.count("<a ") == 2
    assert '<a href="../actors/ali/">علي\nالمهندس</a> ثم علي المهندس' in html


def test_names_in_links_and_code_are_not_linked() -> None:
    html = render_markdown("[علي المهندس](report:a) `علي المهندس`", resolve, link_text=link_names)
    assert re.findall('href="([^"]*)"', html) == ["../reports/a/"]
    assert '<code dir="auto">علي المهندس</code>' in html


def test_a_name_that_the_editor_linked_is_not_linked_again() -> None:
    html = render_markdown("[هو](actor:ali) أي علي المهندس", resolve, link_text=link_names)
    assert html.count("<a ") == 1


def test_plain_text_has_a_line_for_each_block() -> None:
    assert plain_text("# عنوان\n\nقال **علي**\nكذا [هنا](actor:ali)\n\n- بند `x`") == "عنوان\nقال علي كذا هنا\nبند x"


def test_links_have_line_and_column() -> None:
    text = "[أ](actor:a) [أ](actor:a)\n[ب](https://x.example)\r\n\r\n- [ج][1] <claim:r#c1>\n\n[1]: event:e\n"
    assert links(text) == (
        ("actor", "a", 1, 5),
        ("actor", "a", 1, 18),
        ("event", "e", 6, 6),
        ("claim", "r#c1", 4, 11),
    )


def test_links_in_code_are_none() -> None:
    assert links("`[أ](actor:a)`\n\n    [أ](actor:a)\n") == ()


@given(st.text("[]()<>!*_`#\\&;:-\n\r ابa/1\u2028", max_size=80))
def test_any_text_is_rendered_without_raw_html(text: str) -> None:
    html = render_markdown(text, resolve, link_text=link_names)
    tags = {tag.lower() for tag in re.findall(r"</?([A-Za-z0-9]+)", html)}
    assert tags <= {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "bdi",
                    "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
    for _, _, line, column in links(text):
        assert line >= 1
        assert column >= 1
