"""Stories of the integrations."""
