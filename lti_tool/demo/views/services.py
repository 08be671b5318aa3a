"""What all LTI service calls share: tokens, media types and refusals, as strict as Moodle 4.5."""

import json
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy.orm import Session

from lti_tool.demo import tokens
from lti_tool.demo.course import COURSE_ID
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.state import demo


def require(session: Session, *scopes: str, course_id: str = COURSE_ID) -> None:
    """Check course, deployment and bearer token. Raises ServiceRefused: 404 or 401."""
    if course_id != COURSE_ID:
        raise ServiceRefused(404, f"Not Found: Course {course_id} doesn't exist")
    if request.args.get("type_id", demo().config.deployment_id) != demo().config.deployment_id:
        raise ServiceRefused(401, "Unauthorized")
    tokens.require_scope(session, request.headers.get("Authorization", ""), *scopes)


def require_accept(media_type: str, *also: str) -> None:
    """Only the service's own media type, alone, will do. Raises ServiceRefused (400)."""
    accepted = request.headers.get("Accept", "*/*")
    if accepted in {media_type, *also}:
        return
    if accepted == "*/*":
        raise ServiceRefused(400, "No context or unsupported content type")
    raise ServiceRefused(400, f"No handler found for {request.path} {accepted}")


def require_json(media_type: str) -> dict[str, Any]:
    """The body as an object, if it came as the service's media type. Raises ServiceRefused (400)."""
    if request.mimetype != media_type:
        raise ServiceRefused(400, f"No handler found for {request.path} {request.content_type or ''}")
    try:
        body = json.loads(request.get_data())
    except ValueError:
        raise ServiceRefused(400, "Bad Request") from None
    if not isinstance(body, dict):
        raise ServiceRefused(400, "Bad Request")
    return body


def page_size(asked: int | None) -> int | None:
    """How many entries go on a page: as asked, but not more than this LMS gives at once."""
    most = demo().config.most_per_page
    return min(asked or most, most) if most else asked


def answer(body: object, media_type: str, status: int = 200) -> Response:
    """A JSON answer under the service's own media type."""
    return Response(json.dumps(body), status=status, content_type=f"{media_type}; charset=utf-8")


def refusal_answer(refusal: ServiceRefused) -> tuple[Response, int]:
    """The refusal in Moodle's shape."""
    asked = {
        "method": request.method,
        "url": request.full_path.rstrip("?"),
        "accept": request.headers.get("Accept", ""),
        "contentType": request.content_type or "",
    }
    return jsonify(status=refusal.status, reason=refusal.reason, request=asked), refusal.status
