"""People's accounts: signing in, the second factor, and the password forgotten."""
