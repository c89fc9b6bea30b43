"""Compiled projects against the reference model: generated definitions, people, rows and requests, answer by answer.

`definitions`, `rows` and `requests` generate; `printer` writes a project; `running` boots it and compares; `cases`
keeps what once failed.
"""
