"""Turns a course written as Markdown and YAML into packages that an LMS imports, and into the tool's bundle."""
