"""Telling somebody: mail and a webhook, for what an operator should not have to look for."""
