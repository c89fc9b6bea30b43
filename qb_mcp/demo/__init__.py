"""`quickback demo`: the whole product in a minute, on a machine with nothing but Python and a package registry.

`story.py` is what happens, in order. `node.py` finds a Node, `worker.py` installs and boots the compiled project,
`assistant.py` talks to `quickback mcp` as an AI client would, `person.py` is somebody who calls the API over HTTP,
`process.py` makes sure that nothing outlives the demo.
"""
