"""Where tests ask for trouble; only there when the demo was made with `faults=True`."""

from flask import Blueprint, Response, jsonify, request

from lti_tool.demo import keys
from lti_tool.demo.state import demo

fault_plans = Blueprint("fault_plans", __name__, url_prefix="/faults")


@fault_plans.post("")
def plan() -> tuple[Response, int]:
    """Plan failures: `{"at", "kind", "times", "seconds"}`."""
    asked = request.get_json()
    try:
        demo().faults.plan(asked["at"], asked["kind"], asked.get("times", 1), asked.get("seconds"))
    except (KeyError, ValueError) as problem:
        return jsonify(error=str(problem)), 400
    return jsonify(planned=asked), 201


@fault_plans.delete("")
def clear() -> Response:
    """Forget every failure still planned."""
    demo().faults.clear()
    return Response(status=204)


@fault_plans.post("/rotate-keys")
def rotate_keys() -> tuple[Response, int]:
    """Retire the platform's keys and sign with a new one from now on."""
    with demo().store.transaction() as session:
        return jsonify(kid=keys.rotate(session)), 201
