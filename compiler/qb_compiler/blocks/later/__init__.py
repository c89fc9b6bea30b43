"""The definition language of later versions, `feature(name, { columns: { … } })` with columns of `q`.

It is turned into `sqliteTable` and `defineTable` before anything is read, so that both styles come to the same model.
"""
