# Stands in for maven:3.9-eclipse-temurin-25.
FROM foobar-ci/debian:sid
RUN apt-get update -qq && apt-get install -y -qq openjdk-25-jdk-headless maven && rm -rf /var/lib/apt/lists/*
