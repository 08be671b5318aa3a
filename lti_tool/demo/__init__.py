"""A small LMS to try the tool in: the platform's side of LTI 1.3 and a SCORM player, standing alone."""

from lti_tool.demo.app import create_demo
from lti_tool.demo.config import DemoConfig

__all__ = ["DemoConfig", "create_demo"]
