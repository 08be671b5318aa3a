"""The critical path of a map: of rows that wait for each other, the chain that decides when the last one is done."""

from collections.abc import Mapping, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter


def find_critical_path(ends: Mapping[int, date], waits: Mapping[int, Sequence[int]]) -> list[int]:
    """The ids of the rows from the first to the last; empty where no row waits for another one.

    Teams give days and no durations. So a row is done on its own day, or on the day on which the last row that it waits
    for is, whichever is later. The path ends with the row that is done last, and goes back at each step to that which
    is done last of all that the row waits for: if this is late, the row is late too. Of rows that are done on the same
    day the one with the longer chain counts. Rows without a day are not on it.
    """
    dated = {row_id: [one for one in waits.get(row_id, ()) if one in ends] for row_id in ends}
    waiting = [row_id for row_id, awaited in dated.items() if awaited]
    done = _done(ends, dated)
    if not waiting or not done:
        return []
    path = [max(waiting, key=lambda row_id: done[row_id])]
    while dated[path[-1]]:
        path.append(max(dated[path[-1]], key=lambda row_id: done[row_id]))
    return path[::-1]


def _done(ends: Mapping[int, date], waits: Mapping[int, Sequence[int]]) -> dict[int, tuple[date, int, int]]:
    """When each row is done, how long the chain to it is, and its id; nothing where they wait in a circle."""
    done: dict[int, tuple[date, int, int]] = {}
    try:
        for row_id in TopologicalSorter(waits).static_order():
            before = [done[one] for one in waits[row_id]]
            day = max([ends[row_id], *(day for day, _, _ in before)])
            done[row_id] = (day, 1 + max((length for _, length, _ in before), default=0), row_id)
    except CycleError:
        return {}
    return done
