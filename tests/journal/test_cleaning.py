"""What a piece may hold."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.errors import BadInput, TooLong
from lti_tool.journal.html_cleaning import (
    LONGEST,
    SCHEMES,
    TAGS,
    as_html,
    clean,
    count_characters,
    count_words,
    plain_text,
    shown,
)

MADE_BY_THE_EDITOR = [
    "<p>One.</p>",
    "<p>One<br>two</p><p></p><p>three</p>",
    "<h3>Title</h3><p><strong>bold</strong> <em>slanted</em> <strong><em>both</em></strong></p><h4>Smaller</h4>",
    "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
    '<ol start="3"><li><p>c</p></li></ol>',
    "<blockquote><p>“Why?”</p></blockquote>",
    '<p><a href="https://school.example/?a=1&amp;b=2">link</a> <a href="mailto:alice@school.example">mail</a></p>',
    "<p>a&nbsp;b &lt;i&gt; &amp; &amp;amp; \"q\" 'a'</p>",
    "<p>Η συμμετοχή των γονέων · مشاركة الوالدين · 👩‍👧‍👦 · é</p>",
]
FRAGMENTS = """
<p>|</p>|<a href='javascript:x'>|<a href=https://x.example>|</a>|<ul><li>|</ul>|<script>|</script>|<b>|<h3>|<svg><a>|</svg>
<math><mi>|<img src=x onerror=alert(1)>|<style>|<!--|-->|<table><td>|<p onclick=x style='a:b'>|<template>|</template>
<noscript>|<![CDATA[|&lt;script&gt;|&#x3c;
"""
PIECES = st.lists(
    st.one_of(st.sampled_from([*re.split(r"[|\n]", FRAGMENTS.strip()), "\x00", "\ud800"]), st.text(max_size=8)),
    max_size=25,
).map("".join)


class _Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.names: set[tuple[str, str]] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {(tag, name) for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize("text", MADE_BY_THE_EDITOR)
def test_what_the_editor_makes_is_kept_to_the_letter(text: str) -> None:
    assert clean(text) == text


@given(PIECES)
def test_nothing_but_the_editors_own_tags_comes_through(text: str) -> None:
    seen = _Seen(clean(text))
    assert seen.tags <= TAGS
    assert seen.names <= {("a", "href"), ("ol", "start")}
    assert all(link.split(":")[0].lower() in SCHEMES for link in seen.links)


@given(PIECES)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.text(max_size=200))
def test_words_typed_into_a_plain_form_come_back_as_they_were(typed: str) -> None:
    lines = "\n".join(" ".join(line.split()) for line in plain_text(as_html(typed)).splitlines())
    kept = plain_text(clean(as_html(lines)))
    assert [line.split() for line in kept.splitlines()] == [
        line.split() for line in lines.strip().splitlines()
    ] or not kept


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,<script>1</script>">x</a>',
        '<a href="/lti/launch">x</a>',
        '<p style="position:fixed" onclick="x()">x</p>',
        "<iframe src=https://evil.example></iframe>",
        "<svg onload=alert(1)>",
        "<form action=https://evil.example><input name=q></form>",
    ],
)
def test_attacks_lose_their_teeth(attack: str) -> None:
    cleaned = clean(f"<p>before</p>{attack}<p>after</p>")
    assert "before" in cleaned
    assert "after" in cleaned
    for tooth in ("script", "onerror", "onload", "onclick", "style", "href", "iframe", "form", "src"):
        assert tooth not in cleaned


def test_a_link_opens_beside_the_course_and_tells_the_other_side_nothing() -> None:
    assert shown('<p><a href="https://x.example/">x</a></p>') == (
        '<p dir="auto"><a href="https://x.example/" target="_blank" rel="noopener noreferrer">x</a></p>'
    )


@pytest.mark.parametrize(
    "blank", ["", "<p></p>", "<p> <br>&nbsp;</p>", "\u200b", "<ul><li></li></ul>".replace("li", "p")]
)
def test_a_page_without_anything_to_see_is_an_empty_text(blank: str) -> None:
    assert clean(blank) == ""


def test_a_text_beyond_the_largest_size_is_refused() -> None:
    assert clean(f"<p>{'a' * (LONGEST - 7)}</p>")
    with pytest.raises(TooLong):
        clean(f"<p>{'a' * LONGEST}</p>")


def test_thousands_of_tags_within_tags_are_refused_before_they_keep_the_parser_busy() -> None:
    with pytest.raises(BadInput):
        clean("<ul><li>" * 10_000)


def test_formatting_that_multiplies_when_read_is_refused_too() -> None:
    with pytest.raises(BadInput):
        clean("".join(f"<strong><em><a href=https://x.example/{number}><p>" for number in range(3_000)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>one two</p><p>three</p>", 3),
        ("<p>don't well-known 3.5 10:42</p>", 5),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", 2),
        ("<p>Η συμμετοχή των γονέων</p>", 4),
        ("<p>مشاركة الوالدين</p>", 2),
        ("<p>👩‍👧 !</p>", 0),
        ("", 0),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_characters_are_what_a_reader_would_count() -> None:
    assert count_characters("<p>ab <strong>c</strong></p><p>d&amp;</p>") == 7


def test_lists_stay_lists_for_a_page_without_scripts() -> None:
    assert plain_text("<p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul><p>d</p>") == "a\n\n- b\n- c\n\nd"
