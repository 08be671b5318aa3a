"""What a product's profile says: where an LMS does something else than most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """One family of LMSs; the defaults are what is taken of one that is not known to differ."""

    codes: tuple[str, ...] = ()
    """Its family codes (`product_family_code`), in small letters."""
    login_path: str = ""
    """A part of the path at which its logins go on, where launches do not say which product it is."""
    sends_institution_roles_only: bool = False
    """Whether launches say what somebody is in the institution where they mean the course."""
    keeps_new_tab: bool = True
    """Whether a link opens in a tab of its own where the tool asks for that (Deep Linking 2.0, 3.2)."""
    wipes_grades: bool = False
    """Whether a score that is not graded fully (AGS 2.0, 3.4.8) takes the grade away that stands."""
    several_people_a_browser: bool = False
    """Whether one browser is several people at once, as where people try things out in several parts."""
    takes_scores_twice: bool = False
    """Whether a score of the very moment that it has is taken again, with its comment added to the one that is there.

    So each try is a millisecond older than the one before, and a conflict says that one of those arrived.
    """
    conflict_statuses: frozenset[int] = frozenset({409})
    """How it says that it has a later score already (AGS 2.0, 3.4.5)."""
    submission_claim: str = ""
    """The claim of its own in which a score says whether a new submission came with it."""
    registration_settings: tuple[tuple[str, str], ...] = ()
    """What it wants to know in a registration in words of its own, by name."""
    course_menu_settings: tuple[tuple[str, object], ...] = ()
    """The same for the message that opens the tool from a course's menu; empty where there is no such place."""
    takes_translated_labels: bool = True
    """Whether names may come in several languages (OpenID Connect Dynamic Client Registration 1.0, 2.1)."""
    sends_unannounced_reviews: bool = False
    """Whether it sends the review of submissions to those who ask for it, though it does not say so."""
    deploys_later: bool = False
    """Whether one client is deployed in many places, each with a deployment id that we see at a first launch."""
    hosts: frozenset[str] = frozenset()
    """The domains from whose hosts it answers beside the issuer's own, where it does."""
    where_to_register: str = ""
    """The place at which an administrator gives it an invitation's address, marked for translation."""
    remaining_steps: tuple[str, ...] = ()
    """What an administrator has to do in it after a registration, in the order of doing, marked for translation."""
