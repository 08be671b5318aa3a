"""Many people, a hostile platform and processes that are killed, all at once and for as long as one likes."""
