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
