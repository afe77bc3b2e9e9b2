"""The API: for programs, in somebody's name, all that the pages show and do; described at `/api/v1/openapi.json`."""
