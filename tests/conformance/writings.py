"""Tokens that are written in other ways: cut, padded, in other letters, with other bytes under the signature."""

import json
from collections.abc import Callable

import requests

from tests.conformance.journeys import good, posted
from tests.conformance.launches import Attempt, Play
from tests.conformance.stage import Stage
from tests.conformance.watching import Browser
from tests.lti.forging import encode, seal


def written(how: Callable[[str], str]) -> Play:
    """A good token, written in another way."""

    def play(stage: Stage) -> requests.Response:
        browser = Browser()
        fields = good(stage, browser)
        return stage.finish(browser, {**fields, "id_token": how(fields["id_token"])})

    return play


def payload(make: Callable[[bytes], bytes]) -> Play:
    """A signed token over other bytes than JSON as a library writes it."""

    def play(stage: Stage) -> requests.Response:
        browser = Browser()
        state, nonce = stage.begin(browser)
        kid, key = stage.key(stage.lms)
        body = make(json.dumps(stage.claims(nonce)).encode())
        token = seal(body, {"alg": "RS256", "kid": kid}, key)
        return stage.arrive(browser, stage.finish(browser, {"state": state, "id_token": token}))

    return play


def _segment(number: int, how: Callable[[str], str]) -> Play:
    """A good token with one of its three parts written in another way."""

    def change(token: str) -> str:
        parts = token.split(".")
        parts[number] = how(parts[number])
        return ".".join(parts)

    return written(change)


def at_the_end(more: bytes) -> Play:
    """A signed token with one member more, after all others."""
    return payload(lambda body: body[:-1] + b", " + more + b"}")


WRITINGS = [
    Attempt("tokens as text", name, play, refused_for=reason)
    for name, play, reason in (
        ("no token at all", posted(id_token="a token"), "token_malformed"),
        ("two parts", written(lambda token: token.rpartition(".")[0]), "token_malformed"),
        ("five parts, as an encrypted one has", written(lambda token: token + ".e30.e30"), "token_malformed"),
        ("padding", _segment(2, lambda part: part + "=="), "token_malformed"),
        ("a line break at the end", written(lambda token: token + "\n"), "token_malformed"),
        ("spaces around", written(lambda token: f" {token} "), "token_malformed"),
        ("no signature", _segment(2, lambda _: ""), "bad_signature"),
        ("half a signature", _segment(2, lambda part: part[:100]), "bad_signature"),
        ("a signature of noughts", _segment(2, lambda _: encode(bytes(256))), "bad_signature"),
        ("the letters of base64 in place of base64url", written(lambda token: token + "+/"), "token_malformed"),
        ("a header that is a list", _segment(0, lambda _: "W10"), "token_malformed"),
        ("a header that is no JSON", _segment(0, lambda _: "eyJ"), "token_malformed"),
        ("beyond all measure", written(lambda token: token + "x" * 200_000), "token_malformed"),
        ("a list of claims", payload(lambda body: b"[" + body + b"]"), "token_malformed"),
        ("bytes that are no text", payload(lambda _: b"\xff\xfe"), "token_malformed"),
        ("brackets without end", payload(lambda _: b"[" * 50_000), "token_malformed"),
        ("the audience twice, the last one wrong", at_the_end(b'"aud": "other"'), "wrong_audience"),
        ("the nonce twice, the last one wrong", at_the_end(b'"nonce": "other"'), "wrong_nonce"),
        ("the audience with a letter more", payload(lambda body: body.replace(b'demo"', b'demo "')), "wrong_audience"),
    )
] + [
    Attempt("tokens as text", name, play, gets_in_as="trainee")
    for name, play in (
        ("a claim twice, the last one right (RFC 7519, 4)", payload(lambda body: b'{"aud": "other", ' + body[1:])),
        ("claims with room between them", payload(lambda body: b" \n\t" + body + b"\n ")),
        ("a claim in other letters beside the right one", at_the_end(b'"AUD": "other"')),
    )
]  # fmt: skip
