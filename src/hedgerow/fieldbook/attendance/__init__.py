"""Attendance as people really have it: messy spreadsheets of who came to which course.

Delegates are counted, and their names forgotten.
"""
