"""Inspection outcomes, from the management information of Ofsted."""
