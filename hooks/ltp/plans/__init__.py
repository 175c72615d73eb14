"""The facts that editors state: read, checked, and what follows from them on a day."""
