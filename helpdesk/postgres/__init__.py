"""PostgreSQL with the database fence: see `base.py`."""
