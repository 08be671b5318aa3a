"""The tool's configuration in Canvas's own form, for an administrator who adds it by its address (Canvas LTI key)."""

from typing import Any

from lti_tool.lti.registration.tool_description import CUSTOM, OPENING, PICKING, SCOPES, ToolDescription


def canvas_configuration(tool: ToolDescription) -> dict[str, Any]:
    """What Canvas reads from the configuration's address; it refuses unknown scopes, so only its own are named."""
    return {
        "title": tool.name,
        "description": tool.description,
        "oidc_initiation_url": f"{tool.base_url}/lti/login",
        "target_link_uri": tool.target_url,
        "redirect_uris": [f"{tool.base_url}/lti/launch"],
        "public_jwk_url": f"{tool.base_url}/lti/jwks",
        "scopes": [scope for name, scope in SCOPES.items() if name != "groups"],
        "custom_fields": dict(CUSTOM),
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "domain": tool.domain,
                "tool_id": "partnerwise",
                "privacy_level": "name_only",
                "settings": {
                    "text": tool.name,
                    "icon_url": tool.icon_url,
                    "placements": [
                        _placement(tool, "link_selection", PICKING),
                        _placement(tool, "assignment_selection", PICKING),
                        {**_placement(tool, "course_navigation", OPENING), "default": "disabled"},
                    ],
                },
            }
        ],
    }


def _placement(tool: ToolDescription, place: str, kind: str) -> dict[str, Any]:
    picking = kind == PICKING
    return {
        "placement": place,
        "message_type": kind,
        "target_link_uri": tool.picker_url if picking else tool.target_url,
        "text": tool.picker_label if picking else tool.name,
        "icon_url": tool.icon_url,
    }
