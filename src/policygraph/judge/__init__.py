"""What people decide about bodies: judgements, what follows from many of them, and what is proposed for judgement."""
