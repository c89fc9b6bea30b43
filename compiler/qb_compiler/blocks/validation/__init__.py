"""Which values a field accepts.

`validation: { column: { minLength, … } }`, or a zod schema.
"""
