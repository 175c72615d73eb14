"""Finding things: the words that a search looks through, its index, the A to Z and the site map."""
