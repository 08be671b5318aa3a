"""A course holds so many prompts of its own; whoever writes one more is told so and keeps what was typed."""

import pytest

from lti_tool.course import prompts
from tests.fixtures.tool import Arrive

PROMPT = {"title": "Harvest", "question": "What did the school feast change?", "rubric": "", "points": ""}


@pytest.mark.both_databases
def test_one_prompt_too_many_is_refused_in_words_and_stays_in_the_form(
    visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "MOST_PROMPTS", 2)
    tina = visitor("tina", activity="desk")
    answers = [tina.post("course/prompts/new", {**PROMPT, "title": f"Harvest {number}"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert "as many prompts of its own as it can" in answers[2].text
    assert "What did the school feast change?" in answers[2].text
    assert 'value="Harvest 2"' in answers[2].text
    assert visitor("tina", activity="desk", course="another").post("course/prompts/new", PROMPT).status_code == 302
