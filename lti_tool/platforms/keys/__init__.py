"""Keys and tokens: the tool's, the platforms', and what is encrypted at rest."""
