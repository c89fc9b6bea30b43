"""Pages, realtime namespaces, queues and embeddings.

They are read and checked; nothing is generated for them yet.
"""
