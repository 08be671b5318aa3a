"""A login and a launch, checked (LTI 1.3 Core; Security Framework 1.0)."""
