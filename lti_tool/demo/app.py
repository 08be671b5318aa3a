"""The composition root of the demo LMS."""

from flask import Flask, Response, request

from lti_tool.demo import formatting
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.faults import FaultyApplication
from lti_tool.demo.state import Demo, asset_url, demo
from lti_tool.demo.store import Store
from lti_tool.demo.views import ags, deep_linking, fault_plans, nrps, oidc, pages, problems, reviews, scorm, storage


def create_demo(config: DemoConfig) -> Flask:
    """Make the demo LMS as a WSGI application; `app.extensions["demo"].close()` lets go of its database."""
    app = Flask("lti_tool.demo", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.extensions["demo"] = Demo(config=config, store=Store(config.database_path))
    for blueprint in (
        pages.pages,
        oidc.oidc,
        ags.ags,
        nrps.nrps,
        reviews.reviews,
        scorm.scorm,
        deep_linking.adding,
        storage.storage,
    ):
        app.register_blueprint(blueprint)
    if config.faults:
        app.register_blueprint(fault_plans.fault_plans)
        app.wsgi_app = FaultyApplication(app.wsgi_app, app.extensions["demo"].faults)  # type: ignore[method-assign]
    problems.register(app)
    app.after_request(_protect)
    app.context_processor(lambda: {"tool_origin": demo().config.tool_origin})
    app.jinja_env.globals.update(asset_url=asset_url)
    app.jinja_env.filters.update(formatting.FILTERS)
    return app


def _protect(response: Response) -> Response:
    """Headers of every answer; SCORM content sets its own policy, because it was written elsewhere."""
    tool = demo().config.tool_origin
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"frame-src 'self' {tool}; form-action 'self' {tool}; frame-ancestors 'self'; base-uri 'none'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "origin")
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
