"""What a release consists of beside the package: `README.md` has the steps."""
