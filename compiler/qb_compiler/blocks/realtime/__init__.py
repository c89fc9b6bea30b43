"""Which changes of a table are broadcast.

`realtime` and `embeddings` of a table; nothing is generated for them yet.
"""
