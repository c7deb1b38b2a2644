"""Predecessor and successor links of GIAS: which establishment came before or after which."""
