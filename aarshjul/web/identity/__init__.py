"""Logging in at a provider of logins (OpenID Connect), and one's own sessions and tokens."""
