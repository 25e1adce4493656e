"""Documents as text: what is in a file, block by block, and where to cut it. No rows, no company here."""
