"""Cleaning takes time and memory that grow with the text, and no faster, whatever markup stands in it."""

import gc
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lti_tool.errors import Refusal
from lti_tool.journal.html_cleaning import LONGEST, clean, shown
from tests.fixtures.choosing import tries

SMALL, LARGE = 8_000, 32_000
"""Characters: work that grows with the square takes sixteen times as long, and linear work four times."""
MOST_TIMES, SLACK = 8.0, 0.06
TRIES = 6
MOST_MEMORY = 150 * 1024 * 1024
"""Bytes beyond what the process had at its peak before; an attack took fourteen times as much."""

OPENING = """
<b>|<b id=#>|<strong>|<strong id=#>|<em class=#>|<i>|<u>|<font color=#>|<nobr>|<code>|<a href="https://x.example/#">
<a>|<p>|<p id=#>|<p style="margin:#px;mso-list:l0 level2">|<div>|<span>|<h3>|<h4>|<pre>|<blockquote>|<center>|<form>
<button>|<ul>|<ol start=#>|<li>|<li aria-level=#>|<dl>|<dd>|<table>|<tr>|<td>|<th>|<caption>|<tbody>|<col>|<select>
<option>|<svg>|<foreignObject>|<math>|<mi>|<annotation-xml encoding="text/html">|<desc>|<template>|<noscript>|<title>
<textarea>|<style>|<script>|<iframe>|<object>|<marquee>|<applet>|<body a#=1>|<html b#=1>|<frameset>|<x-#>|<br>|<hr>
"""
CLOSING = """
</b>|</strong>|</em>|</i>|</font>|</nobr>|</a>|</p>|</div>|</h3>|</blockquote>|</form>|</ul>|</ol>|</li>|</table>|</tr>
</td>|</select>|</svg>|</math>|</template>|</textarea>|</script>|</body>|</html>|</br>|</x>|</x-#>|</
"""
OTHER = """
<!--|-->|<!-- # -->|<!|<?|<?x #?>|<![CDATA[|]]>|<!DOCTYPE html>|<|>|<a |<p id=|<p a#=1 b#="|"|'| x#=y|/>|&|&amp;|&#
&#x#;|&lt|&nbsp;|&notit;|word #| |\u00a0|\u00a0 |a\u0301|\u200b|·\u00a0|1.\u00a0\u00a0|\t|=|#
"""


def _listed(text: str) -> list[str]:
    return [one for line in text.strip("\n").splitlines() for one in line.split("|")] + ["\n"]


LONG = _listed(
    """
|~|<a href="https://x.example/~">|<a href="https://x.example/~"><p>|<b id=~>|<p title="~">|<img alt="~">|&~
"""
)
PIECES = st.sampled_from(_listed(OPENING) * 2 + _listed(CLOSING) + _listed(OTHER))


@dataclass(frozen=True)
class Markup:
    """A text of any length: something long, then an opening, a middle and an ending, each again and again."""

    long: str
    opening: str
    middle: str
    ending: str

    def text(self, length: int) -> str:
        """About so many characters of it."""
        parts = [part for part in (self.opening, self.middle, self.ending) if part]
        share = length // (len(parts) + bool(self.long))
        return self.long.replace("~", "y" * share) + "".join(_again(part, share) for part in parts)


def _again(part: str, length: int) -> str:
    written, number = [], 0
    while length > 0:
        written.append(part.replace("#", str(number)))
        length -= len(written[-1])
        number += 1
    return "".join(written)


MARKUP = st.builds(
    Markup,
    st.sampled_from(LONG),
    st.lists(PIECES, max_size=2).map("".join),
    st.lists(PIECES, min_size=1, max_size=5).map("".join),
    st.lists(PIECES, max_size=2).map("".join),
)


def _cost(work: Callable[[], object]) -> float:
    """Seconds of this thread's own work, whatever else the machine does."""
    gc.disable()  # it would look at all that the other tests left
    began = time.thread_time()
    work()
    taken = time.thread_time() - began
    gc.enable()
    return taken


def _cleaned(text: str) -> None:
    with suppress(Refusal):
        shown(clean(text))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _least_costs(small: str, large: str) -> tuple[float, float]:
    """The least of several tries, as many as it takes to see that there is nothing wrong."""
    less = more = float("inf")
    for _ in range(TRIES):
        less = min(less, _cost(lambda: _cleaned(small)))
        more = min(more, _cost(lambda: _cleaned(large)))
        if more <= MOST_TIMES * less + SLACK:
            break
    return less, more


@settings(max_examples=tries(25, 300), deadline=None, database=None)
@given(MARKUP)
@example(Markup("", "", "<p><b id=#></x></p>", ""))
@example(Markup("", "", "<p><strong id=#></li></p>", ""))
@example(Markup('<a href="https://x.example/~">', "", "a<br><br>", ""))
@example(Markup('<a href="https://x.example/~"><p>', "", "a<p>", ""))
@example(Markup("", "", "<", ""))
@example(Markup("", "", "<!--", ""))
@example(Markup("", "", "<li aria-level=#>x", ""))
@example(Markup("", "<table><tr><td>x<td>", "<p>x", ""))
def test_four_times_the_text_costs_four_times_as_much(markup: Markup) -> None:
    small, large = markup.text(SMALL), markup.text(LARGE)
    before = _peak()
    less, more = _least_costs(small, large)
    assert more <= MOST_TIMES * less + SLACK, f"{less:.3f} s, then {more:.3f} s"
    assert _peak() - before <= MOST_MEMORY


@given(MARKUP)
@settings(max_examples=tries(4, 40), deadline=None, database=None)
def test_the_longest_text_stays_within_the_longest_text(markup: Markup) -> None:
    with suppress(Refusal):
        assert len(clean(markup.text(LONGEST - 10_000))) <= LONGEST
