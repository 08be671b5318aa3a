"""Everything that an installation holds, in one file or in another database."""
