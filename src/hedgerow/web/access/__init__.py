"""The one place that decides what an audience may do and what it may see.

`audience` says who asks, `permissions` what each role may do, `sharing` what organisations have
decided about their records, `seeing` which landscape an audience gets before anything is measured.
"""
