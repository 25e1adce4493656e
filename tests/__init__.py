"""A package, so that no installed library called `tests` stands before it."""
