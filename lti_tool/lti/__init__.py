"""The protocol: LTI 1.3 Core, Security Framework 1.0, Assignment and Grade Services 2.0, made strict."""
