"""Likely names of people in one line of text: after a title, a word of kinship or “called”, and names that are known.

The words are those of the course's languages so far, English and Greek; each line is looked at for both.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from lti_tool.journal.personal_data.letters import BEGINS, CAPITALISED, ENDS, GAP, LETTER, any_of, words_of

Span = tuple[int, int]

_PARTICLE = any_of("van von der den de da di du del della la le el al bin ibn mac")
_NAME = rf"{CAPITALISED}(?:{GAP}(?:{_PARTICLE}{GAP}){{0,2}}{CAPITALISED}){{0,2}}"
_TITLES = any_of(
    "mrs mr ms miss mx messrs dr prof professor madam sir aunt auntie uncle grandma grandpa granny"
    " κα κας κυρία κυρίας κύριος κύριο κυρίου κύριε κος κου δις δεσποινίς δεσποινίδα δρ θεία θείας θείος θείο θείου"
)
_PEOPLE = any_of(
    "pupil student child girl boy son daughter toddler baby mother mum mom mummy father dad daddy parent parents"
    " guardian grandmother grandfather brother sister twin twins cousin wife husband partner friend neighbour neighbor"
    " colleague teacher tutor assistant counsellor counselor head headteacher headmaster headmistress principal"
)
_PEOPLE_GREEK = any_of(
    "μαθητής μαθητή μαθήτρια μαθήτριας μαθητές παιδί παιδιού αγόρι κορίτσι γιος γιο γιου κόρη κόρης μητέρα μητέρας μαμά"
    " μαμάς πατέρας πατέρα μπαμπάς μπαμπά γονιός γονιό γονέας γονέα αδελφός αδελφό αδερφός αδερφό αδελφή αδερφή γιαγιά"
    " γιαγιάς παππούς παππού ξάδελφος ξαδέλφη φίλος φίλο φίλη φίλης συνάδελφος συνάδελφο δάσκαλος δάσκαλο δασκάλα"
    " δασκάλας καθηγητής καθηγητή καθηγήτρια διευθυντής διευθυντή διευθύντρια διευθύντριας"
)
_ARTICLE_GREEK = any_of("ο η το του της τον την τη")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{BEGINS}(?i:{_TITLES}|κ){ENDS}\.?{GAP}((?:{_PARTICLE}{GAP}){{0,2}}{_NAME}){ENDS}",
        rf"{BEGINS}(?:called|named|nicknamed|name{GAP}(?:is|was)|names{GAP}(?:are|were)){GAP}({_NAME}){ENDS}",
        rf"{BEGINS}{_PEOPLE}(?:,|{GAP}is|{GAP}was)?{GAP}({_NAME}){ENDS}",
        rf"{BEGINS}({CAPITALISED})['’]s?{GAP}(?:\w{{1,12}}{GAP})?{_PEOPLE}{ENDS}",
        (
            rf"{BEGINS}(?:λέγεται|λέγονται|ονομάζεται|ονομάζονται|ονόματι|λένε|έλεγαν|όνομα|όνομά{GAP}\w{{2,4}}(?:{GAP}είναι)?)"
            rf"{GAP}(?:{_ARTICLE_GREEK}{GAP})?({_NAME}){ENDS}"
        ),
        rf"{BEGINS}{_PEOPLE_GREEK}(?:{GAP}(?:μου|σου|μας|σας|τους))?,?{GAP}(?:{_ARTICLE_GREEK}{GAP})?({_NAME}){ENDS}",
    )
)
_NOBODY = frozenset(
    words_of(
        "I It That This These Those The A An And But Or If When Where What Who Why How He She We They You There"
        " Here Today Tomorrow Yesterday Everyone Everybody Someone Somebody Nobody One School Children Parents"
        " Teachers Mother Father Mothers Fathers Women Men Let English Greek Maths Science History Music Art Monday"
        " Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
        " September October November December Christmas Easter Year Class Grade Association Council Evening Day"
        " Teams Word Office Excel Forms PowerPoint Windows Αυτό Αυτός Αυτή Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή"
        " Σάββατο Κυριακή Ιανουάριο Φεβρουάριο Μάρτιο Απρίλιο Μάιο Ιούνιο Ιούλιο Αύγουστο Σεπτέμβριο Οκτώβριο"
        " Νοέμβριο Δεκέμβριο Χριστούγεννα Πάσχα Συλλόγου Σχολείου Δημοτικού Γυμνασίου Λυκείου Ημέρα"
    )
)
"""What begins with a capital and is nobody's name."""
SHORTEST_PART = 3
"""Letters of a known name's part that is looked for by itself."""
_GREEK_ENDING = re.compile(r"(?:ος|ης|ής|ός|ας|άς|ις|ού|ου|α|ά|η|ή|ο|ό|ς)$")
_BEGINNING = re.compile(r"(?:^|[.!?;…·:–—-]['’\"»”)]?)[\s\"'‘“«(]*$")


def likely_names(line: str) -> Iterator[Span]:
    """Where names seem to stand, by the words before or after them."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(line):
            if _first_word(found.group(1)) not in _NOBODY:
                yield found.span(1)


class KnownNames:
    """Names of people whom the writer may know, as a roster has them, to be found also in another case of Greek."""

    def __init__(self, names: Iterable[str]) -> None:
        whole = {name for name in (" ".join(name.split()) for name in names) if len(name) >= SHORTEST_PART}
        parts = {part for name in whole for part in name.split() if _can_stand_alone(part)}
        self._whole = _one_of(whole - parts)
        self._parts = _one_of(parts)

    def find(self, line: str) -> Iterator[Span]:
        """Where one of them stands; a part that is a word as well (Will, Grace, Hill) not where a sentence begins."""
        if self._whole:
            yield from (found.span() for found in self._whole.finditer(line))
        if self._parts:
            for found in self._parts.finditer(line):
                if not _BEGINNING.search(line[max(0, found.start() - 8) : found.start()]):
                    yield found.span()


def _can_stand_alone(part: str) -> bool:
    return len(part) >= SHORTEST_PART and part[0].isupper() and part not in _NOBODY


def _one_of(names: Collection[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    # The longest first, so that of a whole name and its beginning the whole one is found.
    written = "|".join(_in_any_case(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"{BEGINS}(?:{written}){ENDS}")


def _in_any_case(name: str) -> str:
    return GAP.join(_word_in_any_case(word) for word in name.split())


def _word_in_any_case(word: str) -> str:
    ending = _GREEK_ENDING.search(word)
    if ending is None or len(word) - len(ending.group()) < SHORTEST_PART:
        return re.escape(word)
    return re.escape(word[: ending.start()]) + rf"{LETTER}{{0,2}}"


def _first_word(name: str) -> str:
    return re.split(r"[\s'’]", name, maxsplit=1)[0]
