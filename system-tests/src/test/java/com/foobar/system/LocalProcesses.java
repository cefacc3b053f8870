package com.foobar.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.local.LocalStack;
import com.foobar.local.database.Account;
import com.foobar.local.database.MariaDbNode;
import com.foobar.local.process.Directories;
import com.foobar.local.process.ManagedProcess;

/**
 * The stack as {@code ./foobar up} runs it: processes of this machine, on free ports and
 * in a directory of their own.
 */
final class LocalProcesses implements RunningStack {

	private final Path parent;

	private final LocalStack stack;

	private LocalProcesses(Path parent, LocalStack stack) {
		this.parent = parent;
		this.stack = stack;
	}

	static LocalProcesses up(String... webAppArguments) {
		try {
			Path parent = Files.createTempDirectory("foobar");
			// The name of a directory may hold any character.
			Path directory = parent.resolve("R&D, C# 100% a+b o'neil ${x}");
			return new LocalProcesses(parent,
					LocalStack.builder().directory(directory).webAppArguments(webAppArguments).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public URI site() {
		return withoutPath(this.stack.httpsUri());
	}

	@Override
	public URI plainSite() {
		return withoutPath(this.stack.httpUri());
	}

	private static URI withoutPath(URI uri) {
		return URI.create(uri.getScheme() + "://" + uri.getAuthority());
	}

	@Override
	public X509Certificate certificateAuthority() {
		try (InputStream pem = Files.newInputStream(this.stack.certificateAuthority())) {
			return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(this.stack.certificateAuthority() + " is not a certificate", ex);
		}
	}

	@Override
	public List<String> instances() {
		return this.stack.webApps().stream().map(ManagedProcess::name).toList();
	}

	@Override
	public String primary() {
		return this.stack.primary().name();
	}

	@Override
	public String replica() {
		return this.stack.replica().name();
	}

	@Override
	public void killInstance(String instance) {
		this.stack.process(instance).kill();
	}

	@Override
	public void startInstance(String instance) {
		this.stack.process(instance).start();
	}

	@Override
	public void stopPrimary() {
		this.stack.primary().stop();
	}

	@Override
	public void startPrimary() {
		this.stack.primary().start();
	}

	@Override
	public void stopReplica() {
		this.stack.replica().stop();
	}

	@Override
	public void startReplica() {
		this.stack.replica().start();
	}

	@Override
	public void delayReplica(Duration delay) {
		this.stack.replica().delay(delay);
	}

	@Override
	public void restartAll() {
		this.stack.gateway().stop();
		this.stack.webApps().parallelStream().forEach(ManagedProcess::stop);
		this.stack.replica().stop();
		this.stack.primary().stop();
		this.stack.primary().start();
		this.stack.replica().start();
		this.stack.webApps().parallelStream().forEach(ManagedProcess::start);
		this.stack.gateway().start();
	}

	@Override
	public List<String> queryReplica(String sql) {
		return query(this.stack.replica(), sql);
	}

	@Override
	public List<String> queryPrimary(String sql) {
		return query(this.stack.primary(), sql);
	}

	private static List<String> query(MariaDbNode node, String sql) {
		try (Connection connection = node.connect(Account.APP);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> firstColumn = new ArrayList<>();
			while (rows.next()) {
				firstColumn.add(rows.getString(1));
			}
			return firstColumn;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(node.name() + " did not respond: " + sql, ex);
		}
	}

	/** Kills everything: {@link #restartAll} tests an orderly stop. */
	@Override
	public void close() {
		this.stack.processes().forEach(ManagedProcess::kill);
		this.stack.close();
		try {
			Directories.delete(this.parent);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
