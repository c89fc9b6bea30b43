"""Runs compiled projects, so that every suite judges what the code does instead of what it looks like.

`packages` installs the pinned npm packages once, `build` bundles and checks a project, `lane` boots it (`NodeLane`: the
Workers bundle in Node over a D1 shim, fast; `WorkerdLane`: real workerd), `identities` signs people up over HTTP.
"""
