"""From facts to a published site: builds, checks of the whole, the exchange, files for servers."""
