"""What the text means: bodies by identity, roles by position, duties by inheritance, findings by task."""
