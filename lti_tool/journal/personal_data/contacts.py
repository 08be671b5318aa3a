"""Telephone numbers, e-mail addresses and postal addresses in one line of text."""

import re
from collections.abc import Iterator

from lti_tool.journal.personal_data.letters import BEGINS, CAPITALISED, ENDS, GAP, any_of

Span = tuple[int, int]

E_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")

_NUMBER = re.compile(r"(?<![\w.,/+-])(?:\+|\(\+?)?\d(?:[ \u00a0./()–-]{0,2}\d){6,16}(?![\w/]|[.,-]\d)")
_AFTER_WORD = re.compile(
    rf"(?i:{BEGINS}(?:tel|telephone|phone|mobile|cell|whatsapp|viber|call|ring|text|τηλ|τηλέφωνο|τηλεφώνου|κιν|κινητό)"
    rf"(?:{GAP}(?:number|no|is|me|us|her|him|them|αριθμός|είναι|της|του|μου))?[.: \u00a0]{{1,3}})"
    r"(\+?\d(?:[ \u00a0./()–-]{0,2}\d){4,16})(?!\w)"
)
_NO_NUMBER = re.compile(
    r"""
      (?:19|20)\d\d [–/ -]{1,3} (?:19|20)\d\d               # years
    | (?:19|20)\d\d [./-] \d\d? [./-] \d\d?                 # a date
    | \d\d? [./-] \d\d? [./-] (?:19|20)?\d\d (?:[ ]\d\d?(?:[.]\d\d)?)?  # a date, perhaps with an hour
    | \d\d?\.\d\d [ –-]{1,3} \d\d?\.\d\d                    # from an hour to another
    | \d{1,3} (?:[. \u00a0]000)+                            # a round number
    | 97[89] (?:[ -]?\d){10}                                # a book (ISO 2108)
    """,
    re.VERBOSE,
)
LEAST_DIGITS, LEAST_BARE_DIGITS = 7, 9
"""Of a number that begins as those for other places do, and of any other."""

_STREET = any_of(
    "Street St Road Rd Avenue Ave Lane Ln Drive Close Square Place Terrace Way Court Gardens Grove Hill Crescent Row"
    " Mews Walk Park Green Parade Boulevard"
)
_STREET_GREEK = any_of("[Οο]δός [Οο]δό [Οο]δού [Λλ]εωφόρος [Λλ]εωφόρο [Λλ]εωφόρου [Λλ]εωφ[.] [Ππ]λατεία [Ππ]λατείας")
_HOUSE = r"\d{1,4}[A-Za-zΑ-Ωα-ω]?"
ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{BEGINS}(?:(?:Flat|Apartment|Apt\.?){GAP}\w{{1,4}},?{GAP})?{_HOUSE},?{GAP}(?:{CAPITALISED}{GAP}){{1,3}}{_STREET}{ENDS}",
        (
            rf"{BEGINS}(?:live|lives|lived|living|house|home|flat)(?:{GAP}\w{{1,10}}){{0,2}}{GAP}(?:in|at|on){GAP}"
            rf"((?:{CAPITALISED}{GAP}){{1,3}}{_STREET}){ENDS}"
        ),
        rf"{BEGINS}{_STREET_GREEK}{GAP}(?:{CAPITALISED}{GAP}){{1,3}}(?:αρ\.?{GAP})?{_HOUSE}{ENDS}",
        rf"{BEGINS}(?:{CAPITALISED}{GAP}){{1,3}}{_HOUSE},{GAP}(?:Τ\.?Κ\.?{GAP})?\d{{3}}[ \u00a0]?\d\d{ENDS}",
        rf"{BEGINS}Τ\.?Κ\.?:?[ \u00a0]?\d{{3}}[ \u00a0]?\d\d{ENDS}",
        rf"{BEGINS}[A-Z]{{1,2}}\d[A-Z\d]?[ \u00a0]\d[A-Z]{{2}}{ENDS}",  # a postcode of the United Kingdom
        rf"{BEGINS}[AC-FHKNPRTV-Y]\d[\dW][ \u00a0][0-9AC-FHKNPRTV-Y]{{4}}{ENDS}",  # an Eircode, Ireland
        rf"{BEGINS}P\.?[ \u00a0]?O\.?[ \u00a0]Box[ \u00a0]\d{{1,6}}{ENDS}",
    )
)


def e_mails(line: str) -> Iterator[Span]:
    """Where e-mail addresses stand."""
    return (found.span() for found in E_MAIL.finditer(line))


def telephone_numbers(line: str) -> Iterator[Span]:
    """Where telephone numbers stand; dates, years, hours, round numbers and ISBNs are none."""
    for found in _AFTER_WORD.finditer(line):
        yield found.span(1)
    for found in _NUMBER.finditer(line):
        if _is_number(found.group()):
            yield found.span()


def postal_addresses(line: str) -> Iterator[Span]:
    """Where parts of postal addresses stand: a house in a street, a postcode, a box."""
    for pattern in ADDRESSES:
        for found in pattern.finditer(line):
            yield found.span(1 if pattern.groups else 0)


def _is_number(candidate: str) -> bool:
    if _NO_NUMBER.fullmatch(candidate):
        return False
    digits = sum(letter.isdigit() for letter in candidate)
    begins_abroad = candidate.lstrip("(").startswith(("+", "0"))
    return digits >= (LEAST_DIGITS if begins_abroad else LEAST_BARE_DIGITS)
