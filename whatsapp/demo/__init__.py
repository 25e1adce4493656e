"""Demo data: two companies with people, customers and conversations. Never used in production."""
