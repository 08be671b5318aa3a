"""Whether the tool lives and whether it can serve: for load balancers, containers and the operator's monitoring."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from lti_tool.operations.readiness import check_readiness, is_ready
from lti_tool.web.application import own_transactions, parts

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@own_transactions
def healthz() -> ResponseReturnValue:
    """200 as long as this process answers: starting it anew would not help with anything else."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@own_transactions
def readyz() -> ResponseReturnValue:
    """200 while this process can serve, else 503; both with what was looked at."""
    checks = check_readiness(parts().database, parts().queue, parts().tool_keys)
    ready = is_ready(checks)
    told = {check.name: check.said for check in checks}
    return jsonify(status="ready" if ready else "not ready", checks=told), 200 if ready else 503
