"""The generated API: routes, the security of each table, the app around them, and the TypeScript runtime they share."""
