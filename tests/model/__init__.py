"""The reference semantics: what a compiled API must answer, written from the specification and from nothing else.

It imports nothing from the compiler, so that it shares no mistake with it. `semantics.expected` is the way in;
`definition` holds definitions as data, `answer` holds what is compared. README.md lists every assumption.
"""
