"""Which assets are alike: the same bytes, or the same film made into another file."""
