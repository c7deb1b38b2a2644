"""What leaves the site: files, data packages, the API, alerts."""
