"""What was found in a notice as annotations in other tools: marks with offsets, spaCy's spans, training data.

``marks`` says what is marked and needs nothing; ``component`` is the spaCy pipe ``policygraph`` and loads spaCy.
"""
