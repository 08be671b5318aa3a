"""The way back to the platform, with a word on what happened (LTI Core 1.3, 5.4.4)."""

from urllib.parse import urlencode, urlsplit, urlunsplit

LONGEST_WORD = 300
"""Characters; the word travels in an address."""


def return_address(return_url: str, *, message: str = "", error: str = "") -> str:
    """The platform's address with `lti_msg` or `lti_errormsg`; what it had in its query stays as it was.

    It may carry a session key: it goes into links only, never into the log.
    """
    said = {"lti_msg": message[:LONGEST_WORD], "lti_errormsg": error[:LONGEST_WORD]}
    added = urlencode({name: words for name, words in said.items() if words})
    address = urlsplit(return_url)
    return urlunsplit(address._replace(query="&".join(filter(None, (address.query, added)))))
