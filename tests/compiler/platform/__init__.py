"""The compiled project around its API: schema, sign-in, migrations, deployment."""
