"""Partnerships: who belongs, what each organisation shares, and what was done."""
