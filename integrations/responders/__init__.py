"""Who answers by itself besides the core: assistants and bots of others."""
