"""A made-up region with a City, a Town and a Shire in it, and neighbours for trusts and hubs to
reach in from.

Everything follows from a seed. The mechanisms are those that the study describes (trusts growing,
clusters splintering, hubs near and far, a leader lost, a chair who signposts); what the indicators
make of them is not written in anywhere. Nothing in it is real: the land lies in the sea, and no
name belongs to a place, school or person.
"""
