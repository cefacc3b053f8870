#!/usr/bin/env bash
# Spring Security 7.1.1: OnCommittedResponseWrapper does not detect a redirect by the methods of Servlet 6.1. onResponseCommitted()
# promises to run before the response is committed, and sets a header here. It runs before sendRedirect(location), and not before
# sendRedirect(location, 303), which commits the response without the header.
#
# Packages: org.springframework.security:spring-security-web:7.1.1, org.apache.tomcat.embed:tomcat-embed-core:11.0.24.
# The wrapper overrides sendRedirect(String). Servlet 6.1, which Spring Framework 7 is based on, added overloads with a status and a
# flag; the container's are called directly. A session that is saved or a header that is set in onResponseCommitted() is lost, for
# instance in the response to a POST with the status 303 See Other. ServletOutputStream.write(ByteBuffer), new as well, is not counted either.
#
# Output:
#   sendRedirect(location): 302, header before commit
#   sendRedirect(location, 303): 303, header null
#   sendRedirect(location, 303, true): 303, header null
# Exit status: 0 while the behaviour is unchanged.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for artifact in org.springframework.security:spring-security-web:7.1.1 org.apache.tomcat.embed:tomcat-embed-core:11.0.24; do
  "$here/../mvnw" -q -f "$here/../pom.xml" -N dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work"
done
cat > "$work/RedirectWithStatus.java" <<'JAVA'
import jakarta.servlet.http.*;
import java.io.*;
import java.net.*;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.security.web.util.OnCommittedResponseWrapper;

class RedirectWithStatus {

	static final class Redirecting extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			HttpServletResponse wrapped = new OnCommittedResponseWrapper(response) {
				@Override
				protected void onResponseCommitted() {
					setHeader("X-Token", "before commit");
				}
			};
			switch (request.getServletPath()) {
				case "/location" -> wrapped.sendRedirect("/next");
				case "/status" -> wrapped.sendRedirect("/next", 303);
				default -> wrapped.sendRedirect("/next", 303, true);
			}
		}

	}

	public static void main(String[] args) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(args[0]);
		tomcat.setPort(0);
		tomcat.getConnector().setProperty("address", "127.0.0.1");
		tomcat.setSilent(true);
		Context context = tomcat.addContext("", args[0]);
		Tomcat.addServlet(context, "redirecting", new Redirecting());
		for (String path : new String[] { "/location", "/status", "/flag" }) {
			context.addServletMappingDecoded(path, "redirecting");
		}
		tomcat.start();
		try {
			show("sendRedirect(location)", "/location", tomcat);
			show("sendRedirect(location, 303)", "/status", tomcat);
			show("sendRedirect(location, 303, true)", "/flag", tomcat);
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	static void show(String call, String path, Tomcat tomcat) throws Exception {
		URL url = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path).toURL();
		HttpURLConnection connection = (HttpURLConnection) url.openConnection();
		connection.setInstanceFollowRedirects(false);
		System.out.println(call + ": " + connection.getResponseCode() + ", header " + connection.getHeaderField("X-Token"));
	}

}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$work/*" "$work/RedirectWithStatus.java" "$work" > "$work/seen" 2> "$work/log" || {
  cat "$work/log" >&2
  exit 1
}
cat "$work/seen"
diff "$work/seen" - <<'SEEN' > /dev/null
sendRedirect(location): 302, header before commit
sendRedirect(location, 303): 303, header null
sendRedirect(location, 303, true): 303, header null
SEEN
