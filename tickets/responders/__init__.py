"""What answers customers by itself, in the order of `settings.RESPONDERS`.

Each is a function `(message) -> bool`: True when it has the word and the others are not asked. It is called with
the ticket locked (`message.ticket`, with company, contact, connection, queue and agent) in one transaction with
the mark that this message had its answer. `message.more_follow` says that the customer went on writing.
"""
