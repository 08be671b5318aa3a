"""Without a Chromium the browser tests are skipped and say so; where one is demanded, they fail."""

import pytest

from tests.fixtures.browser import find_chromium


@pytest.mark.parametrize(("demanded", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_a_missing_chromium_is_said_and_fails_only_where_one_is_demanded(
    monkeypatch: pytest.MonkeyPatch, demanded: str, outcome: type[Exception]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("PARTNERWISE_REQUIRE_CHROMIUM", demanded)
    with pytest.raises(outcome, match="no Chromium"):
        find_chromium()
