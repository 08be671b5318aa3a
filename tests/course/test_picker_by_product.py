"""What the picker offers by what the LMS's product really keeps of it."""

import pytest

from tests.course.conftest import Pick
from tests.fixtures.platform import Platform


@pytest.mark.parametrize(("product", "offered"), [("canvas", True), ("another", True), ("moodle", False)])
def test_a_tab_of_its_own_is_offered_where_the_product_keeps_it(
    pick: Pick, platform: Platform, product: str, offered: bool
) -> None:
    platform.become(product=product)
    details = pick().get("picker/details", chosen="journal/j3").text
    assert ("Where it opens" in details) is offered
