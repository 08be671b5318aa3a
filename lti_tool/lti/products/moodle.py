"""Moodle, as seen on 4.5.6."""

from lti_tool.lti.products.profile import Product

MOODLE = Product(
    codes=("moodle",),
    # It announces `window` for deep links and ignores it: the link keeps the tool's default, a frame.
    keeps_new_tab=False,
    wipes_grades=True,
)
