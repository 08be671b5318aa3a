"""Whether the tool can work: for the operator's monitoring and for whoever waits until it has started."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lti_tool.engines import free_space
from lti_tool.web.application import own_transactions, parts

blueprint = Blueprint("health", __name__)

LEAST_SPACE = 64 * 1024 * 1024
"""Bytes of disk that SQLite needs to go on writing for a while."""


@blueprint.get("/healthz")
@own_transactions
def healthz() -> ResponseReturnValue:
    """200 while the database answers and has room to write, else 503."""
    try:
        with parts().database.transaction(write=False) as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="the database does not answer"), 503
    space = free_space(parts().database.engine)
    if space is not None and space < LEAST_SPACE:
        return jsonify(status="the disk is full"), 503
    return jsonify(status="ok")
