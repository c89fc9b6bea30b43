"""`.quickback/types/compiler.d.ts`: what `@quickback/compiler` exports, so that editors check definitions.

There is no such package to install: the compiler reads definitions without running them, and the generated
`tsconfig.json` maps the name to this file. `runtime/compiler.d.ts` is copied as it is.
"""
