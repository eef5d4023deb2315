"""A comparison to read: in the terminal, as markdown, as a page to mail, as a ledger."""
