# Stands in for alpine, of which Testcontainers only wants a shell.
FROM foobar-ci/debian:sid
