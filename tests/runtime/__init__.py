"""The TypeScript runtime, tested as TypeScript: each `*.test.ts` is bundled beside it and run by Node itself."""
