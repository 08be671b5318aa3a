"""The second LMS's gradebook and class list, kept in memory behind the library's services."""

from dataclasses import dataclass, field
from typing import Any

from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.membership import Context
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

CONTEXT = Context(id="second-course", label="PE2", title="Parents as partners")
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
ROLES = {
    "alice": "Learner",
    "bob": "Learner",
    "carla": "Learner",
    "tina": "Instructor",
    "adam": "Administrator",
}
NAMES = {
    "alice": "Alice Adams",
    "bob": "Bob Brown",
    "carla": "Carla Costa",
    "tina": "Tina Trainer",
    "adam": "Adam Admin",
}


@dataclass
class Book:
    """Columns by id, and the newest score of each person in each."""

    url: str = ""
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    scores: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add(self, **column: Any) -> dict[str, Any]:
        """A new column."""
        number = str(len(self.columns) + 1)
        self.columns[number] = {**column, "id": f"{self.url}/{number}"}
        return self.columns[number]

    def column(self, number: str) -> dict[str, Any]:
        """The column, which must be there."""
        if number not in self.columns:
            raise LineItemNotFoundException
        return self.columns[number]


def page_of(rows: list[Any], page: int, limit: int | None) -> dict[str, Any]:
    """One page in the library's terms."""
    size = limit or max(1, len(rows))
    return {"content": rows[(page - 1) * size : page * size], "has_next": page * size < len(rows)}


class Grades(AssignmentsGradesService):  # type: ignore[misc]
    """Columns, scores and results."""

    book: Book

    def find_lineitems(self, page: int = 1, limit: int | None = None, **wanted: Any) -> Any:
        rows = [
            column
            for column in self.book.columns.values()
            if all(str(column.get(FILTERS[name])) == str(value) for name, value in wanted.items() if name in FILTERS)
        ]
        return page_of(rows, page, limit)

    def find_lineitem(self, line_item_id: str) -> Any:
        return self.book.column(line_item_id)

    def create_lineitem(self, creation_data: Any) -> Any:
        return self.book.add(**creation_data)

    def update_lineitem(self, update_data: Any) -> Any:
        column = self.book.column(update_data["id"])
        column.update(update_data, id=column["id"])
        return column

    def delete_lineitem(self, line_item_id: str) -> None:
        self.book.column(line_item_id)
        del self.book.columns[line_item_id]

    def update_score(self, line_item_id: str, score: Any) -> UpdateScoreStatus:
        self.book.column(line_item_id)
        former = self.book.scores.get((line_item_id, score["userId"]))
        if former and former["timestamp"] >= score["timestamp"]:
            return UpdateScoreStatus.OLD_TIMESTAMP
        self.book.scores[line_item_id, score["userId"]] = score
        return UpdateScoreStatus.SUCCESS

    def get_results(
        self, line_item_id: str, page: int = 1, limit: int | None = None, user_id: str | None = None
    ) -> Any:
        column = self.book.column(line_item_id)
        rows = [
            {
                "id": f"{column['id']}/results/{user}",
                "userId": user,
                "scoreOf": column["id"],
                "resultScore": score["scoreGiven"] / score["scoreMaximum"] * column["scoreMaximum"],
                "resultMaximum": column["scoreMaximum"],
                "comment": score.get("comment"),
            }
            for (number, user), score in self.book.scores.items()
            if number == line_item_id and user_id in {None, user} and "scoreGiven" in score
        ]
        return page_of(rows, page, limit)


FILTERS = {"resource_id": "resourceId", "resource_link_id": "resourceLinkId", "tag": "tag"}


class Members(NamesRoleProvisioningService):  # type: ignore[misc]
    """The class list, always by pages of two.

    The library looks for `limit` in the query before it offers a next page, and puts the address of that page into
    the answer's body. NRPS 2.0, 2.4.2 leaves the size to the platform and wants the address in a Link header:
    tests/second_platform/lms.py moves it there.
    """

    def get_member_data_page(self, page: int = 1, limit: int | None = None, **_: Any) -> Any:
        rows = [
            {"user_id": key, "name": NAMES[key], "roles": [MEMBERSHIP + role], "status": "Active"}
            for key, role in ROLES.items()
        ]
        return page_of(rows, page, limit)

    def get_context_by_id(self) -> Context:
        return CONTEXT
