# Stands in for eclipse-temurin:25-jre.
FROM foobar-ci/debian:sid
RUN apt-get update -qq && apt-get install -y -qq openjdk-25-jre-headless && rm -rf /var/lib/apt/lists/*
