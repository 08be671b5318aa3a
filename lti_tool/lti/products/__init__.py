"""Profiles of LMS products: each in a module of its own, with the source of what it says."""

from typing import Final
from urllib.parse import urlsplit

from lti_tool.lti.products.blackboard import BLACKBOARD
from lti_tool.lti.products.brightspace import BRIGHTSPACE
from lti_tool.lti.products.canvas import CANVAS
from lti_tool.lti.products.demo import DEMO
from lti_tool.lti.products.moodle import MOODLE
from lti_tool.lti.products.open_edx import OPEN_EDX
from lti_tool.lti.products.profile import Product
from lti_tool.lti.products.sakai import SAKAI

__all__ = ["PRODUCTS", "Product", "find_product"]

PRODUCTS: Final = (MOODLE, CANVAS, BRIGHTSPACE, BLACKBOARD, SAKAI, OPEN_EDX, DEMO)
UNKNOWN: Final = Product(wipes_grades=True)  # for one that has not said what it is, the careful way
OTHER: Final = Product()


def find_product(code: str, auth_url: str = "") -> Product:
    """The profile for this family code; where there is none, for the address at which logins go on."""
    if code:
        return next((one for one in PRODUCTS if code.lower() in one.codes), OTHER)
    path = _path(auth_url)
    return next((one for one in PRODUCTS if one.login_path and one.login_path in path), UNKNOWN)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
