"""What a proved launch says, as frozen values (LTI 1.3 Core, 5.3 and 5.4; AGS 2.0; NRPS 2.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lti_tool.lti.deep_linking.request import PickingSettings

LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
GROUPS: Final = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice"
NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"

RESOURCE_LINK: Final = "LtiResourceLinkRequest"
DEEP_LINKING: Final = "LtiDeepLinkingRequest"
SUBMISSION_REVIEW: Final = "LtiSubmissionReviewRequest"


@dataclass(frozen=True, slots=True)
class Context:
    """The course the launch comes from; ``types`` are URIs or short names such as CourseSection."""

    id: str
    title: str | None = None
    label: str | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """The place in the course that was opened."""

    id: str
    title: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class GradeServices:
    """Assignment and Grade Services offered for this launch; ``lineitem`` only where there is exactly one."""

    lineitem: str | None = None
    lineitems: str | None = None
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesAndRoles:
    """Where the members of the context can be read."""

    url: str
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseGroups:
    """Where the groups of the context can be read (Course Groups Service 1.0, 3)."""

    url: str


@dataclass(frozen=True, slots=True)
class ForUser:
    """Whose work is to be reviewed (Submission Review 1.0, 3.3); the name is None where it is withheld.

    A review of a whole column names nobody.
    """

    user_id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class LaunchPresentation:
    """How the platform shows the tool; ``return_url`` may hold a session key and must never be logged."""

    return_url: str | None = None
    locale: str | None = None
    document_target: str | None = None


@dataclass(frozen=True, slots=True)
class ToolPlatform:
    """Which installation of which LMS this is; ``product`` is its family code, such as moodle."""

    guid: str | None = None
    name: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Launch:
    """All that a verified id_token says that the tool uses; names and e-mail are None where they are
    withheld.

    ``subject`` is None only where an anonymous launch was allowed. ``custom`` holds text values only.
    """

    issuer: str
    deployment_id: str
    message_type: str
    target_link_uri: str
    subject: str | None
    roles: tuple[str, ...]
    name: str | None
    given_name: str | None
    family_name: str | None
    email: str | None
    locale: str | None
    context: Context | None
    resource_link: ResourceLink | None
    ags: GradeServices | None
    nrps: NamesAndRoles | None
    groups: CourseGroups | None
    for_user: ForUser | None
    custom: Mapping[str, str]
    launch_presentation: LaunchPresentation
    tool_platform: ToolPlatform
    picking: PickingSettings | None = None
    """What the platform takes from the picker, in a deep linking request."""
    faulty_services: tuple[str, ...] = ()
    """Services that the platform described wrongly, as words for the log; they count as not offered."""
