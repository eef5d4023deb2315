"""Libraries of language, each behind one door. Nothing on the path of extraction imports them."""
