"""Local evidence on the site: files and forms in, records kept with their history."""
