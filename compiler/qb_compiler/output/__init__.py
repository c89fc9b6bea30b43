"""The generated files: gathered in memory, then compared with the disk and written. The only room that writes."""
