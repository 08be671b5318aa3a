"""Settings: the only reader of the environment. Every variable has the prefix PARTNERWISE_; see deploy/env.example."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from lti_tool.logs import LogFormat

PREFIX = "PARTNERWISE_"
IN_FILE = "_FILE"
"""Behind the name of any setting: the variable then names a file that holds the value, as containers get secrets."""
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 8
"""Different characters in a secret: of 32 random hexadecimal digits fewer are different once in 28 million times."""
LEAST_KEPT = 30
"""Days."""
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsWrong(Exception):
    """The environment does not say what the tool needs; its text names every variable and what is wrong with it."""


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://partnerwise.school.example")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// (http:// is for this machine alone)")
    if parts.path.strip("/"):
        raise ValueError("must be a host without a path, as in https://partnerwise.school.example")
    return value.rstrip("/")


def _hard_to_guess(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    if len(set(secret)) < FEWEST_CHARACTERS:
        raise ValueError(f"must have at least {FEWEST_CHARACTERS} different characters")
    return value


def _none_or_a_month(days: int) -> int:
    if 0 < days < LEAST_KEPT:
        raise ValueError(f"must be 0, or at least {LEAST_KEPT}: courses have holidays")
    return days


def with_driver(database_url: str) -> str:
    """The address of a database with the name of the driver that is installed."""
    for short in ("postgresql://", "postgres://"):
        if database_url.startswith(short):
            return "postgresql+psycopg://" + database_url.removeprefix(short)
    return database_url


class _Files(PydanticBaseSettingsSource):
    """Values from the files that `PARTNERWISE_…_FILE` name; raises SettingsWrong for one that cannot be read."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """The value of one setting, None where no file is named."""
        variable = f"{PREFIX}{field_name.upper()}{IN_FILE}"
        path = os.environ.get(variable)
        if not path:
            return None, field_name, False
        if f"{PREFIX}{field_name.upper()}" in os.environ:
            raise SettingsWrong(f"{variable} and {variable.removesuffix(IN_FILE)} are both set: one of them has to go.")
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError):
            raise SettingsWrong(f"{variable}: {path} cannot be read.") from None

    def __call__(self) -> dict[str, Any]:
        """All values that are in files."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """What an administrator decides."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    base_url: Annotated[str, AfterValidator(_web_address)] = "http://127.0.0.1:8000"
    """The address at which browsers reach the tool, without a slash at the end."""
    secret_key: Annotated[SecretStr, AfterValidator(_hard_to_guess)]
    """Signs cookies and encrypts the tool's own keys; at least 32 characters."""
    data_dir: Path = Path("var")
    """Where the embedded databases live."""
    database_url: str = ""
    """An SQLAlchemy URL; empty means SQLite in the data directory."""
    allow_private_addresses: bool = False
    """Development only: platforms on this machine may be called, also by http."""
    development: bool = False
    """Shows the style guide."""
    launch_hours: int = Field(default=10, ge=1, le=48)
    """How long a page stays usable after it was opened from the LMS, in hours."""
    limits_url: str = "memory://"
    """Where it is counted how often somebody calls: in each process, or for all of them in a Redis (`redis://…`)."""
    proxies: int = Field(default=1, ge=0, le=5)
    """How many proxies of one's own stand before the tool, each of which adds an address to X-Forwarded-For."""
    launch_hours_without_roster: int = Field(default=4, ge=1, le=48)
    """The same where the LMS does not say who has left the course, in hours; never longer than the other."""
    release_grace_seconds: int = Field(default=120, ge=0, le=3600)
    """How long the release of a grade can be undone, and its score waits, in seconds."""
    idle_minutes: int = Field(default=90, ge=5, le=24 * 60)
    """After how many minutes in which nobody has done anything pages close."""
    log_format: LogFormat = LogFormat.TEXT
    """How the log is written: a line of plain text for each entry, or of JSON."""
    files_url: str = ""
    """Where people's files lie: a folder, or `s3://bucket/prefix`; empty means `files` in the data directory."""
    files_s3_endpoint: str = ""
    """The address of a store that speaks S3; empty means Amazon's own."""
    files_s3_region: str = ""
    """Its region, where it has one."""
    files_s3_key_id: str = ""
    """The access key's id; empty where the machine has a role of its own."""
    files_s3_secret: SecretStr = SecretStr("")
    """The access key's secret."""
    files_largest_mb: int = Field(default=10, ge=1, le=100)
    """How large a file may be that somebody brings, in MB."""
    files_owner_mb: int = Field(default=100, ge=1, le=100_000)
    """How much room one person's files may take in one course, in MB."""
    files_course_mb: int = Field(default=2_000, ge=1, le=1_000_000)
    """How much room all files of one course may take, in MB."""
    files_scanner: str = ""
    """A virus scanner: `clamd://host:3310`, `clamd:///path/of/socket`, or a command; empty means none."""
    keep_days: Annotated[int, AfterValidator(_none_or_a_month)] = Field(default=0, ge=0, le=36_500)
    """After how many days in which nobody has opened it a course is erased with all that is kept of it; 0 is never."""
    processes: int = Field(default=2, ge=1, le=64)
    """How many processes answer requests."""
    demo_url: Annotated[str, AfterValidator(_web_address)] = "http://localhost:8001"
    """The address of the demo LMS."""
    demo_class: bool = False
    """The demo LMS has a class of twelve, whose work `partnerwise demo-class` does once."""
    demo_faults: bool = False
    """Tests only: the demo LMS fails on request."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (pydantic-settings' interface)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, and the files that it names."""
        return init_settings, env_settings, _Files(settings_cls)

    @model_validator(mode="after")
    def _default_database(self) -> "Settings":
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'partnerwise.db'}"
        self.database_url = with_driver(self.database_url)
        self.files_url = self.files_url or str(self.data_dir / "files")
        return self

    @property
    def keep(self) -> timedelta | None:
        """How long a course is kept that nobody opens; nothing where it is kept for good."""
        return timedelta(days=self.keep_days) if self.keep_days else None

    @property
    def jobs_url(self) -> str:
        """Where the queue lives: a SQLite file, or PostgreSQL beside a PostgreSQL database."""
        if self.database_url.startswith("postgresql+psycopg://"):
            return self.database_url.replace("postgresql+psycopg://", "postgresql://")
        return f"sqlite:///{self.data_dir / 'jobs.db'}"


def read_settings() -> Settings:
    """The settings from the environment; raises SettingsWrong with one line for each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsWrong("\n".join(_explain(problem) for problem in error.errors())) from None


def _explain(problem: object) -> str:
    assert isinstance(problem, dict)  # noqa: S101 (narrows pydantic's type)
    name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
    if problem["type"] == "missing":
        return f"{name} is not set."
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}."
