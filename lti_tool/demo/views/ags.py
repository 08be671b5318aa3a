"""Assignment and Grade Services 2.0: line items, scores and results."""

from urllib.parse import quote

from flask import Blueprint, Response, request

from lti_tool.demo import grades, line_items, messages
from lti_tool.demo.claims import AGS
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.people import BY_ID
from lti_tool.demo.state import demo
from lti_tool.demo.views import services

ags = Blueprint("ags", __name__, url_prefix="/lti/services/<course_id>/lineitems")
ags.register_error_handler(ServiceRefused, services.refusal_answer)

MEDIA = "application/vnd.ims.lis."
LINE_ITEM = f"{MEDIA}v2.lineitem+json"
LINE_ITEMS = f"{MEDIA}v2.lineitemcontainer+json"
RESULTS = f"{MEDIA}v2.resultcontainer+json"
SCORE = f"{MEDIA}v1.score+json"
WRITE_ITEMS = f"{AGS}scope/lineitem"
READ_ITEMS = (WRITE_ITEMS, f"{AGS}scope/lineitem.readonly")


@ags.get("")
def list_items(course_id: str) -> Response:
    """List the line items by `resource_link_id`, `resource_id` and `tag`, paged by `limit` and `from`."""
    with demo().store.transaction() as session:
        services.require(session, *READ_ITEMS, course_id=course_id)
        services.require_accept(LINE_ITEMS)
        asked = request.args
        found = line_items.list_line_items(
            session, asked.get("resource_link_id"), asked.get("resource_id"), asked.get("tag")
        )
        limit, start = services.page_size(asked.get("limit", type=int)), asked.get("from", 0, type=int)
        page = found[start : start + limit] if limit else found
        response = services.answer([line_items.as_json(demo().config, item) for item in page], LINE_ITEMS)
    if limit:
        response.headers["Link"] = _moodle_page_links(limit, start, len(found), request.args.get("resource_id"))
    return response


@ags.post("")
def create_item(course_id: str) -> Response:
    """Add a line item for the tool."""
    with demo().store.transaction() as session:
        services.require(session, WRITE_ITEMS, course_id=course_id)
        body = services.require_json(LINE_ITEM)
        item = line_items.create_line_item(session, body)
        url = line_items.line_item_url(demo().config, item.id)
        messages.record(session, "line item", f"The tool made the column “{item.label}”", {"line item": body}, 201)
        return services.answer({**body, "id": url}, LINE_ITEM, 201)


@ags.get("/<int:item_id>/lineitem")
def get_item(course_id: str, item_id: int) -> Response:
    """One line item."""
    with demo().store.transaction() as session:
        services.require(session, *READ_ITEMS, course_id=course_id)
        services.require_accept(LINE_ITEM)
        item = line_items.get_line_item(session, item_id)
        return services.answer(line_items.as_json(demo().config, item), LINE_ITEM)


@ags.put("/<int:item_id>/lineitem")
def change_item(course_id: str, item_id: int) -> Response:
    """Replace a line item's label, maximum, resource id and tag."""
    with demo().store.transaction() as session:
        services.require(session, WRITE_ITEMS, course_id=course_id)
        body = services.require_json(LINE_ITEM)
        line_items.change_line_item(session, item_id, body)
        url = line_items.line_item_url(demo().config, item_id)
        return services.answer({**body, "id": url}, LINE_ITEM)


@ags.delete("/<int:item_id>/lineitem")
def delete_item(course_id: str, item_id: int) -> Response:
    """Remove a line item with its grades."""
    with demo().store.transaction() as session:
        services.require(session, WRITE_ITEMS, course_id=course_id)
        line_items.delete_line_item(session, item_id)
        return Response(status=204)


@ags.post("/<int:item_id>/lineitem/scores")
def post_score(course_id: str, item_id: int) -> Response | tuple[Response, int]:
    """Receive one score; every score is noted for the curious, the refused ones too."""
    with demo().store.transaction() as session:
        services.require(session, f"{AGS}scope/score", course_id=course_id)
        body = services.require_json(SCORE)
        item = line_items.get_line_item(session, item_id)
        person = BY_ID.get(str(body.get("userId")))
        title = f"Score for {person.name if person else 'somebody unknown'}, “{item.label}”"
        detail = {"line item": item_id, "score": body}
        try:
            grades.require_member(body, demo().away)
            grades.post_score(session, item, body)
        except ServiceRefused as refusal:
            detail["reason"] = refusal.reason
            messages.record(session, "score", title, detail, refusal.status)
            return services.refusal_answer(refusal)
        messages.record(session, "score", title, detail)
    return Response(status=200, content_type=f"{SCORE}; charset=utf-8")


@ags.get("/<int:item_id>/lineitem/results")
def list_results(course_id: str, item_id: int) -> Response:
    """The results of a line item, of all or of one `user_id`."""
    with demo().store.transaction() as session:
        services.require(session, f"{AGS}scope/result.readonly", course_id=course_id)
        services.require_accept(RESULTS)
        item = line_items.get_line_item(session, item_id)
        shown = grades.results(demo().config, item, request.args.get("user_id"))
        limit, start = services.page_size(None), request.args.get("from", 0, type=int)
        page = shown[start : start + limit] if limit else shown
        response = services.answer(page, RESULTS)
    if limit and start + limit < len(shown):
        address = line_items.line_item_url(demo().config, item_id, "/results")
        response.headers["Link"] = f'<{address}&from={start + limit}>; rel="next"'
    return response


def _moodle_page_links(limit: int, start: int, total: int, resource_id: str | None) -> str:
    """Links as broken as Moodle 4.5 sends them: escaped ampersands and typographic quotes."""
    kept = f"&amp;resource_id={quote(resource_id, '')}" if resource_id is not None else ""
    base = f"{line_items.container_url(demo().config)}{kept}&amp;limit={limit}&amp;from="
    pages = {"first": 0, "canonical": start, "last": max(0, (total - 1) // limit * limit)}
    if start + limit < total:
        pages["next"] = start + limit
    links = ", ".join(f"<{base}{place}>; rel=“{relation}”" for relation, place in pages.items())
    return links.encode().decode("latin-1")
