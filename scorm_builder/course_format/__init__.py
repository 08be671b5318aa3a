"""The published form of a course: the one thing of the builder that the tool may import.

The builder reads its sources into these models and writes bundle.json through them, the tool reads bundle.json through
them. Whatever they do not know is refused. A change that an older reader could not read raises `FORMAT_VERSION`.
"""
