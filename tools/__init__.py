"""What sets the repository up, runs it, checks it and packs it; none of this is part of the product."""
