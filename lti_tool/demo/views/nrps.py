"""Names and Role Provisioning Services 2.0 and Course Groups Service 1.0: the members of the course, its groups."""

from flask import Blueprint, Response, request

from lti_tool.demo import members
from lti_tool.demo.claims import GROUPS_SCOPE, NRPS_SCOPE
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.state import demo
from lti_tool.demo.views import services

nrps = Blueprint("nrps", __name__, url_prefix="/lti/services/CourseSection/<course_id>/bindings/<deployment_id>")
nrps.register_error_handler(ServiceRefused, services.refusal_answer)
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
GROUPS = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"


@nrps.get("/memberships")
def memberships(course_id: str, deployment_id: str) -> Response:
    """List the members, by `role` and resource link (`rlid`), paged by `limit` with a Link header."""
    config, asked = demo().config, request.args
    with demo().store.transaction() as session:
        services.require(session, NRPS_SCOPE, course_id=course_id)
    if deployment_id != config.deployment_id:
        raise ServiceRefused(401, "Unauthorized")
    services.require_accept(MEMBERS, "*/*")
    limit = services.page_size(asked.get("limit", type=int))
    container, following = members.memberships(
        config,
        asked.get("role"),
        asked.get("rlid"),
        asked.get("from", 0, type=int),
        limit,
        away=demo().away,
        non_editing=demo().non_editing,
        with_groups=asked.get("groups") == "true",
    )
    response = services.answer(container, MEMBERS)
    if following is not None:
        kept = "".join(f"&{name}={asked[name]}" for name in ("role", "rlid", "groups") if name in asked)
        address = f"{container['id']}?limit={limit}&from={following}{kept}".replace("#", "%23")
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


@nrps.get("/groups")
def groups(course_id: str, deployment_id: str) -> Response:
    """List the groups of the course."""
    with demo().store.transaction() as session:
        services.require(session, GROUPS_SCOPE, course_id=course_id)
    if deployment_id != demo().config.deployment_id:
        raise ServiceRefused(401, "Unauthorized")
    services.require_accept(GROUPS)
    return services.answer(members.groups(demo().config), GROUPS)
