"""What calendars of other programs read: the days of a map, for whoever knows its address. No launch, no cookie."""

from flask import Blueprint, Response

from lti_tool.roadmap.calendar_subscriptions import find_calendar
from lti_tool.roadmap.exports.calendar import Calendar, write_calendar
from lti_tool.roadmap.views.plans import plan_of
from lti_tool.web.application import db, own_transactions, transaction

blueprint = Blueprint("calendars", __name__, url_prefix="/calendars")


@blueprint.get("/<secret>.ics")
@own_transactions
def days(secret: str) -> Response:
    """The days; raises CalendarNotFound."""
    with transaction(write=False):
        subscription, team = find_calendar(db(), secret)
        plan = plan_of(subscription.road_map_id, team, subscription.language)
    return Response(write_calendar(plan, is_subscribed=True), mimetype=Calendar.media_type)
