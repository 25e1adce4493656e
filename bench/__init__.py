"""One command per claim: `python -m bench NAME …` prints our figure, this machine's limit, and their ratio."""
