"""`python -m lti_tool` is `partnerwise`, for where the command is not on the path."""

from lti_tool.cli import main

main(prog_name="partnerwise")
