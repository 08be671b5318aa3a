"""What an administrator is told to do next, once the LMS is connected."""

import pytest

from tests.platforms.test_registrations import Administrator, Start, administrator, lms

__all__ = ["administrator", "lms"]


@pytest.mark.parametrize(
    ("product", "steps", "words"),
    [
        ("moodle", 3, "“Edit”"),
        ("canvas", 3, "client id"),
        ("desire2learn", 3, "Make a deployment"),
        ("BlackboardLearn", 3, "approve it"),
        ("sakailms.org", 2, "allow Deep Link"),
        ("another", 2, "among the external tools"),
    ],
)
def test_what_is_left_to_do_is_counted_and_said_in_the_lms_own_words(
    administrator: Administrator, lms: Start, product: str, steps: int, words: str
) -> None:
    page = administrator.connects(lms(product)).text
    assert f"{steps} steps are left to do" in page
    assert page.split("<ol>", 1)[1].split("</ol>", 1)[0].count("<li>") == steps
    assert words in page
    assert "cog" not in page
