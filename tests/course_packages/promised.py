"""What the course promises to carry, line by line of the documents that it grew from (a constant of the product).

S0 the teachers' and parents' community · S1 Parents as Partners · S2 the training framework · S3 working together or
working apart · S4 parent-teacher partnerships. A range is promised as one thing, so one entry or several carry it.
"""

PROMISED = {
    "S0": ["6", "8", "10-12", "14-16", "18", "20", "23"],
    "S1": ["3", "11", "12", "13", *map(str, range(16, 31)), "31", "34"],
    "S2": [
        *map(str, [2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 20, 21, 22, 23]),
        *map(str, range(31, 37)),
        *map(str, [37, 39, 41, 46, 48, 50, 52]),
        *map(str, [56, 57, 58, 59, 60, 63, 64, 65, 66, 67]),
        *map(str, range(71, 79)),
        *map(str, [95, 100, 101, 102, 103, 128, 130, 132, 133, 137, 139, 141, 143, 145, 147, 152, 154]),
        *map(str, [164, 165, 166, 167]),
        *map(str, [177, *range(181, 187), 189, 190, 199, 200, 201, 203, 205, 206, 210, 212, 216, 219, 220, 221]),
        *map(str, [228, 229]),
        *map(str, [237, *range(240, 244), 251, 253, 257, *range(260, 266), 276, 277, 278, 279, 286, 287, 288]),
    ],
    "S3": ["9", "11", "13", "15", *map(str, range(17, 24)), "26-30"],
    "S4": [
        *map(str, [5, "6-10", 14, 15, 16, 17, *range(21, 25), *range(28, 32), 35, 36, 37]),
        *map(str, [40, 41, 42, 43, 47, 48, 49]),
    ],
}

IDLE = {
    "S0": {25, 27, 28},
    "S1": {7, 36},
    "S2": {1, 26, 289},
    "S3": {1, 32},
    "S4": set[int](),
}
"""Lines that say nothing about the course: addresses, dates, bookmarks, a way back to the top."""
