# Stands in for mysql: the user, the places, the environment and the start of the published image.
FROM foobar-ci/debian:sid
RUN groupadd --system --gid 999 mysql \
 && useradd --system --uid 999 --gid 999 --home-dir /var/lib/mysql --no-create-home mysql \
 && apt-get update -qq \
 && apt-get install -y -qq mysql-server-core mysql-client-core gosu openssl tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && rm -rf /etc/mysql && mkdir -p /etc/mysql/conf.d /var/lib/mysql /var/lib/mysql-files /run/mysqld /docker-entrypoint-initdb.d \
 && chown mysql:mysql /var/lib/mysql /var/lib/mysql-files /run/mysqld && chmod 1777 /var/lib/mysql /run/mysqld
COPY my.cnf /etc/my.cnf
COPY --chmod=755 mysql-start /usr/local/bin/docker-entrypoint.sh
VOLUME /var/lib/mysql
ENTRYPOINT ["docker-entrypoint.sh"]
EXPOSE 3306 33060
CMD ["mysqld"]
