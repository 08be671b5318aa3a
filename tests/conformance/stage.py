"""The running tool, two registered LMSs, and browsers between them that speak HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import SecretStr
from sqlalchemy import select, update

from lti_tool.app import create_app
from lti_tool.database import Database
from lti_tool.demo import DemoConfig, create_demo, keys
from lti_tool.demo.deep_linking import picking_claims
from lti_tool.demo.models import SigningKey
from lti_tool.demo.people import BY_KEY
from lti_tool.demo.state import Demo
from lti_tool.lti.launch.claims import AGS, LTI, SUBMISSION_REVIEW
from lti_tool.lti.launch.platform_keys import PlatformKeys
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform as PlatformAddresses
from lti_tool.platforms.models import Launch, Registration
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from tests.conformance.watching import Browser, Log, listening
from tests.fixtures.platform import NO_PACKAGES, Platform, Served
from tests.lti.cases import Change, Json, drop
from tests.lti.forging import forge

LINK, PICKER, REVIEW = "link", "picker", "review"
OTHERS_DEPLOYMENT = "7"
"""Known to the tool, but as a deployment of the other LMS."""
AS_REGISTERED: dict[str, object] = {
    "enabled": True,
    "accepts_new_deployments": False,
    "allows_anonymous": False,
    "institution_roles": None,
    "trusted_audiences": "",
}
UNCHANGED = drop()
STRANGERS_KEY = generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Stage:
    """One tool, the LMS that calls it, and another LMS that is registered as well."""

    url: str
    app: Application
    lms: Platform
    other: Platform
    log: Log
    signing: dict[str, tuple[str, RSAPrivateKey]] = field(default_factory=dict)

    # The registration

    def allow(self, **settings: object) -> None:
        """Change the registration of the LMS, as an operator does."""
        with self.app.parts.database.transaction() as session:
            of_lms = Registration.issuer == self.lms.config.issuer
            session.execute(update(Registration).where(of_lms).values(**settings))

    def forget_keys(self) -> None:
        """Let the tool know no LMS's keys any more, as after a start."""
        self.app.parts = replace(self.app.parts, platform_keys=PlatformKeys(Outbound(allow_private=True)))
        self.signing.clear()

    # Launching

    def login_form(self, **changed: str | None) -> dict[str, str]:
        """What the LMS has the browser post first; None leaves a parameter out."""
        config = self.lms.config
        form = {
            "iss": config.issuer,
            "target_link_uri": f"{self.url}/activities/journal/j3",
            "login_hint": "4",
            "lti_message_hint": '{"launchid":"1"}',
            "client_id": config.client_id,
            "lti_deployment_id": config.deployment_id,
            **changed,
        }
        return {name: value for name, value in form.items() if value is not None}

    def log_in(self, browser: Browser, **changed: str | None) -> requests.Response:
        """Begin a login."""
        return browser.send_to("POST", f"{self.url}/lti/login", data=self.login_form(**changed))

    def begin(self, browser: Browser, kind: str = LINK, **changed: str | None) -> tuple[str, str]:
        """Begin a login that must go on; gives its state and its nonce."""
        if kind == PICKER:
            changed = {"target_link_uri": f"{self.url}/activities/course", **changed}
        answer = self.log_in(browser, **changed)
        assert answer.status_code == 302, answer.text
        asked = parse_qs(urlsplit(answer.headers["Location"]).query)
        return asked["state"][0], asked["nonce"][0]

    def finish(self, browser: Browser, fields: Mapping[str, str | bytes]) -> requests.Response:
        """Post what the LMS has the browser post last."""
        headers = {"Origin": self.lms.url, "Sec-Fetch-Site": "cross-site"}
        return browser.send_to("POST", f"{self.url}/lti/launch", data=fields, headers=headers)

    def claims(self, nonce: str, person: str = "alice", kind: str = LINK, lms: Platform | None = None) -> Json:
        """The claims of a good launch."""
        lms = lms or self.lms
        claims = lms.claims(person, "journal-j3", nonce)
        if kind == PICKER:
            del claims[LTI + "resource_link"], claims[AGS]
            claims.update(picking_claims(lms.config, BY_KEY[person], "the-token-of-this-picking"))
        if kind == REVIEW:
            claims[LTI + "message_type"] = SUBMISSION_REVIEW
            claims[LTI + "for_user"] = {"user_id": BY_KEY["alice"].id}
        return claims

    def sign(
        self, claims: Json, change: Change = UNCHANGED, lms: Platform | None = None, *, by_stranger: bool = False
    ) -> str:
        """Spoil the claims, and sign them with the LMS's key, or with one that is not its own."""
        kid, key = self.key(lms or self.lms)
        header: Json = {"alg": "RS256", "typ": "JWT", "kid": kid}
        change(claims, header)
        return forge(claims, header, STRANGERS_KEY if by_stranger else key)

    def launch(
        self, change: Change = UNCHANGED, *, person: str = "alice", kind: str = LINK, by_stranger: bool = False
    ) -> requests.Response:
        """The whole way with one thing changed; gives the answer to the launch."""
        browser = Browser()
        state, nonce = self.begin(browser, kind)
        token = self.sign(self.claims(nonce, person, kind), change, by_stranger=by_stranger)
        return self.arrive(browser, self.finish(browser, {"state": state, "id_token": token}))

    def arrive(self, browser: Browser, answer: requests.Response) -> requests.Response:
        """Open the page that a launch leads to, which must be there; gives the launch's own answer."""
        if answer.status_code == 303:
            page = browser.send_to("GET", urljoin(self.url, answer.headers["Location"]))
            if page.status_code == 302:  # a list that opens where there is something to do
                page = browser.send_to("GET", urljoin(self.url, page.headers["Location"]))
            assert page.status_code == 200, page.text
        return answer

    def opened(self, answer: requests.Response) -> Launch:
        """What the tool wrote down of a launch that got in."""
        launch_id = urlsplit(answer.headers["Location"]).path.split("/")[2]
        with self.app.parts.database.transaction(write=False) as session:
            return session.get_one(Launch, launch_id)

    def key(self, lms: Platform) -> tuple[str, RSAPrivateKey]:
        if lms.url not in self.signing:
            with lms.demo.store.transaction() as session:
                own = session.scalars(select(SigningKey).where(SigningKey.retired.is_(False))).one()
            key = load_pem_private_key(own.pem.encode(), None)
            assert isinstance(key, RSAPrivateKey)
            self.signing[lms.url] = (own.kid, key)
        return self.signing[lms.url]


@contextmanager
def set_up(database_url: str, folder: Path) -> Iterator[Stage]:
    """Everything running while the block lasts."""
    settings = Settings(
        secret_key=SecretStr("a secret for tests, long enough to be one"),
        data_dir=folder,
        database_url=database_url,
        base_url="http://127.0.0.1",
        allow_private_addresses=True,
        development=True,
    )
    with ExitStack() as stack:
        app = create_app(settings)
        stack.callback(app.parts.database.close)
        served = Served(app)
        stack.callback(served.stop)
        app.parts = replace(app.parts, base_url=served.url)
        lms, other = (stack.enter_context(_platform(served.url)) for _ in range(2))
        for platform, deployment_id in ((lms, "1"), (other, "1"), (other, OTHERS_DEPLOYMENT)):
            register(app.parts.database, platform, deployment_id)
        yield Stage(served.url, app, lms, other, stack.enter_context(listening()))


def register(database: Database, platform: Platform, deployment_id: str) -> None:
    """Let the tool know the LMS."""
    known = {name: value for name, value in platform.registration.items() if name != "deployment_id"}
    with database.transaction() as session:
        add_registration(session, PlatformAddresses(**known), deployment_id, "School LMS")


@contextmanager
def _platform(tool_url: str) -> Iterator[Platform]:
    app = create_demo(DemoConfig(tool_url=tool_url, database_path=":memory:", packages=NO_PACKAGES, faults=True))
    demo: Demo = app.extensions["demo"]
    served = Served(app)
    demo.config = replace(demo.config, issuer=served.url)
    with demo.store.transaction() as session:
        keys.rotate(session)
    try:
        yield Platform(served.url, app, demo)
    finally:
        demo.faults.clear()
        served.stop()
        demo.close()
