"""What the demo LMS has to be told: its own address, the tool's, and where it keeps things."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class CourseGroup:
    """A group of the course; `people` are keys such as alice."""

    id: str
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DemoConfig:
    """Addresses carry no trailing slash; `database_path` may be ":memory:"; `faults` is for tests only."""

    issuer: str = "http://localhost:8001"
    tool_url: str = "http://127.0.0.1:8000"
    client_id: str = "partnerwise-demo"
    deployment_id: str = "1"
    database_path: Path | str = ":memory:"
    packages: Path = Path(__file__).parent / "packages"
    faults: bool = False
    product: str = "partnerwise-demo"
    """The family code that launches carry, to be taken for another LMS."""
    most_per_page: int = 0
    """Line items, results and members come in pages of so many, whatever was asked for; 0 leaves it to who asks."""
    groups: tuple[CourseGroup, ...] = ()
    """The course's groups; the service is offered only where there are some."""

    with_class: bool = False
    """Whether nine more trainees are enrolled, as in a course that has been going on for a while."""

    @property
    def login_url(self) -> str:
        """Where the tool begins an OpenID Connect login."""
        return f"{self.tool_url}/lti/login"

    @property
    def redirect_uri(self) -> str:
        """The one address an id_token may be posted to; compared as a whole string."""
        return f"{self.tool_url}/lti/launch"

    @property
    def tool_key_set_url(self) -> str:
        """Where the tool publishes its public keys."""
        return f"{self.tool_url}/lti/jwks"

    @property
    def token_url(self) -> str:
        """Where the tool asks for access tokens; the audience of its assertions."""
        return f"{self.issuer}/lti/token"

    @property
    def tool_origin(self) -> str:
        """Scheme, host and port of the tool, as the content security policy names it."""
        parts = urlsplit(self.tool_url)
        return f"{parts.scheme}://{parts.netloc}"
