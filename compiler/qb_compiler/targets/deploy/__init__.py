"""What makes the generated code a project that runs: wrangler, npm, TypeScript and Drizzle configuration, and `Env`."""
