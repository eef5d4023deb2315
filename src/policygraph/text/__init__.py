"""Character-level tools that know nothing of notices."""
