"""The help directory: services that belong to an area, how far each can be trusted, and open data."""
