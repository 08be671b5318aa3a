"""Who a page is for stands in its address; this reads it from there."""

from lti_tool.demo.errors import NotHere
from lti_tool.demo.people import BY_KEY, Person


def person_of(person_key: str) -> Person:
    """The person that an address names. Raises NotHere."""
    person = BY_KEY.get(person_key)
    if person is None:
        raise NotHere("Nobody of that name is in this school.")
    return person
