"""The composition root: settings in, the running tool out."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from limits.errors import ConfigurationError
from sqlalchemy.orm import Session

from lti_tool.activities import Activities
from lti_tool.course import views as course_views
from lti_tool.course.bundle import read_bundle
from lti_tool.course.copied_courses import copy_from_source
from lti_tool.course.views import pictures
from lti_tool.database import Database
from lti_tool.files.blob_store import BlobStore, S3Access, open_store
from lti_tool.files.scanning import make_scanner
from lti_tool.files.storage import FileStorage
from lti_tool.grading import views as grading_views
from lti_tool.grading.progress_notices import send_submitted_notice, send_withdrawn_notice
from lti_tool.jobs import Queue
from lti_tool.journal import views as journal_views
from lti_tool.lti.launch.platform_keys import PlatformKeys
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.lti.network.outbound import Outbound
from lti_tool.operations.platform_calls import ToldCalls
from lti_tool.operations.views import health
from lti_tool.people import views as people_views
from lti_tool.people.models import STAFF
from lti_tool.platforms.deep_linking import remember_picking
from lti_tool.platforms.keys.encryption import CALENDAR_SECRETS, RETURN_ADDRESSES, Encryption
from lti_tool.platforms.keys.key_sets import StoredKeySets
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.launches.copy_sources import ancestry_of
from lti_tool.platforms.launches.lifetimes import Lifetimes
from lti_tool.platforms.launches.login_states import LoginStates
from lti_tool.platforms.models import Launch
from lti_tool.platforms.registrations.dynamic_registration import Connecting
from lti_tool.platforms.views import connection, launch_endpoints, registration
from lti_tool.platforms.views.older_lti import explain_older_lti
from lti_tool.privacy import views as privacy_views
from lti_tool.roadmap import views as roadmap_views
from lti_tool.scores.column_checks import doubt_columns
from lti_tool.scores.line_items import remember_line_item
from lti_tool.settings import Settings, SettingsWrong
from lti_tool.web import course_language, leaving, navigation, not_shown, styleguide
from lti_tool.web.application import Application, Parts
from lti_tool.web.bodies import read_body
from lti_tool.web.built import asset_url
from lti_tool.web.draft_keys import DraftKeys
from lti_tool.web.errors import answer_errors
from lti_tool.web.headers import Protection, let_tabs_follow, refuse_forgeries, set_headers
from lti_tool.web.languages import direction, language, speak_languages
from lti_tool.web.limiting import limit_calls
from lti_tool.web.request_checks import refuse_strange_addresses
from lti_tool.web.session import Sessions, give_launch_id, held_by_tab, take_launch_id

KINDS_OF_ACTIVITY = (
    *course_views.activity_kinds.KINDS,
    *journal_views.activity_kinds.KINDS,
    *roadmap_views.activity_kinds.KINDS,
    *grading_views.activity_kinds.KINDS,
)
TABS = (
    *course_views.activity_kinds.TABS,
    *grading_views.activity_kinds.TABS,
    *people_views.TABS,
    *journal_views.activity_kinds.TABS,
    *roadmap_views.activity_kinds.TABS,
    *connection.TABS,
)
COURSE = Path(__file__).parent / "course" / "bundle"
MEGABYTE = 1_000_000
LARGEST_REQUEST = 2 * 1024 * 1024
"""Bytes; the longest piece is far below."""


def create_app(settings: Settings) -> Application:
    """Put the tool together; nothing here talks to the network."""
    app = Application("lti_tool.web")
    app.parts = _make_parts(settings)
    _configure(app, settings)
    _hang_in_frame(app)
    try:
        limit_calls(app, settings.limits_url, settings.proxies)
    except ConfigurationError as wrong:
        raise SettingsWrong(f"PARTNERWISE_LIMITS_URL: {wrong}") from None
    for room in (
        launch_endpoints,
        registration,
        connection,
        course_views,
        pictures,
        journal_views,
        grading_views,
        people_views,
        privacy_views,
        roadmap_views,
        roadmap_views.calendars,
        health,
        leaving,
        not_shown,
        course_language,
    ):
        app.register_blueprint(room.blueprint)
    if settings.development:
        app.register_blueprint(styleguide.blueprint)
    return app


def _make_parts(settings: Settings) -> Parts:
    queue = Queue(settings.jobs_url)
    database = Database(settings.database_url, queue.start)
    outbound = Outbound(allow_private=settings.allow_private_addresses)
    secret = settings.secret_key.get_secret_value()
    return_addresses = Encryption(RETURN_ADDRESSES, secret)
    return Parts(
        database=database,
        queue=queue,
        course=read_bundle(COURSE),
        activities=Activities(KINDS_OF_ACTIVITY, TABS),
        platform_keys=PlatformKeys(ToldCalls(outbound, "keys"), store=StoredKeySets(database)),
        connecting=Connecting(outbound),
        tool_keys=ToolKeys(database, secret),
        login_states=LoginStates(secret),
        return_addresses=return_addresses,
        calendar_secrets=Encryption(CALENDAR_SECRETS, secret),
        base_url=settings.base_url,
        lifetimes=_lifetimes(settings),
        keep=settings.keep,
        release_grace=timedelta(seconds=settings.release_grace_seconds),
        draft_keys=DraftKeys(secret),
        files=make_file_storage(settings),
        on_arrival=(remember_line_item, partial(remember_picking, return_addresses), _copy_from_source, _doubt_columns),
        on_handing_in=(send_submitted_notice,),
        on_withdrawing=(send_withdrawn_notice,),
    )


def make_file_storage(settings: Settings) -> FileStorage:
    """The store of files, its scanner and its quotas, as the settings say."""
    return FileStorage(
        store=make_store(settings),
        scan=make_scanner(settings.files_scanner),
        largest=settings.files_largest_mb * MEGABYTE,
        owner_quota=settings.files_owner_mb * MEGABYTE,
        course_quota=settings.files_course_mb * MEGABYTE,
    )


def make_store(settings: Settings) -> BlobStore:
    """The store of files alone."""
    secret = settings.files_s3_secret.get_secret_value()
    access = S3Access(settings.files_s3_endpoint, settings.files_s3_region, settings.files_s3_key_id, secret)
    return open_store(settings.files_url, access)


def _lifetimes(settings: Settings) -> Lifetimes:
    return Lifetimes(
        launch=timedelta(hours=settings.launch_hours),
        without_roster=timedelta(hours=settings.launch_hours_without_roster),
        idle=timedelta(minutes=settings.idle_minutes),
    )


def _copy_from_source(session: Session, launch: Launch, message: LaunchMessage) -> None:
    copy_from_source(session, launch, ancestry_of(message))


def _doubt_columns(session: Session, launch: Launch, _message: LaunchMessage) -> None:
    if launch.role in STAFF:
        doubt_columns(session, launch.context)


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.base_url.startswith("https:")
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),  # built parts carry a digest in their names
        # Browsers take the prefix over https only; on this machine's own address the name goes without.
        SESSION_COOKIE_NAME="__Host-partnerwise" if secure else "partnerwise",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="None",
        SESSION_COOKIE_PARTITIONED=True,
        WTF_CSRF_TIME_LIMIT=None,
        # headers.refuse_forgeries checks the origin itself, also where there is no Referer.
        WTF_CSRF_SSL_STRICT=False,
    )


def _hang_in_frame(app: Flask) -> None:
    app.session_interface = Sessions()
    app.url_value_preprocessor(take_launch_id)
    app.url_defaults(give_launch_id)
    app.before_request(refuse_strange_addresses)
    app.before_request(read_body)  # before anything looks into a form, which would use it up
    app.before_request(explain_older_lti)
    app.before_request(refuse_forgeries)
    app.after_request(set_headers)
    app.after_request(let_tabs_follow)
    app.after_request(leaving.note_activity)
    protection = Protection(app)
    protection.exempt(launch_endpoints.login)
    protection.exempt(launch_endpoints.launch)
    # Cookies may not work here, and the invitation in the address is as good a secret as a token in the form.
    protection.exempt(registration.connect)
    speak_languages(app)
    app.context_processor(navigation.frame)
    app.add_template_filter(course_language.course_words)
    for function in (
        asset_url,
        course_language.course_language,
        course_language.language_name,
        course_language.spoken,
        course_language.words_in,
        direction,
        held_by_tab,
        language,
        leaving.draft_key,
        leaving.name_for_browser,
        grading_views.unit_scores.unit_scores_notice,
    ):
        app.add_template_global(function)
    answer_errors(app)
