"""A second LMS, written around a library that is not ours: PyPI's lti1p3platform."""
