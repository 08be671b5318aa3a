"""Mutated tokens and states over HTTP: 5 % of all that are tried; `tests/lti/test_mutated_tokens.py` has the others.

Of each database's half, a tenth has its state spoilt as well. The tool must answer 400, or let in what is harmless;
it must never fail, and its log must name nobody and hold no token.
"""

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.conformance.stage import STRANGERS_KEY, Stage
from tests.conformance.test_launches import PERSONAL
from tests.conformance.watching import Browser
from tests.lti.harmless import is_harmless
from tests.lti.mutations import OVER_HTTP, Keys, Mutation, apply, every_mutation, so_many

kept = st.none()
spoilt = st.text(max_size=80) | st.sampled_from(["", "x" * 50_000, "\x00", "' OR 1=1 --"])
states = st.one_of(*[kept] * 9, spoilt)
"""What the state is replaced by, one time in ten."""


def test_a_mutated_launch_is_refused_or_harmless(stage: Stage, record_property: Callable[[str, object], None]) -> None:
    tried: Counter[str] = Counter()
    kid, key = stage.key(stage.lms)
    keys = Keys(kid, key, STRANGERS_KEY)

    @so_many(OVER_HTTP / 2)
    @given(mutation=every_mutation(), state=states)
    def attempt(mutation: Mutation, state: str | None) -> None:
        stage.log.records.clear()
        browser = Browser()
        given_out, nonce = stage.begin(browser)
        claims = stage.claims(nonce)
        made = apply(mutation, claims, keys)
        sent = {"id_token": made.token, "state": given_out if state is None else state}
        answer = stage.finish(browser, {name: text.encode(errors="replace") for name, text in sent.items()})
        tried["let in" if answer.status_code == 303 else "refused"] += 1
        assert answer.status_code in {303, 400}, stage.log.text
        assert " ERROR " not in stage.log.text
        assert not PERSONAL.search(stage.log.text)
        if answer.status_code == 303:
            assert state is None
            assert is_harmless(made, claims, kid)

    attempt()
    kind = stage.app.parts.database.engine.dialect.name
    told = f"over HTTP with {kind}: {tried['refused']:,} refused, {tried['let in']:,} harmless"
    record_property("tried", [tried.total(), told])
    assert tried["refused"]
