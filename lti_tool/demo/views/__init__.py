"""The routes of the demo LMS, thin: they read the request, call a rule and answer."""
