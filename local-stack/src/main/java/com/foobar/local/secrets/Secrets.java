package com.foobar.local.secrets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.foobar.local.process.StackException;

/**
 * Creates the secrets that do not exist, renews the certificates that need it, keeps
 * everything else.
 *
 * <p>
 * Needs no network. It may run again at any time, after an interruption, and
 * concurrently. A password that several consumers share is taken from the first that has
 * it, the primary before all others: a lost directory gets the existing passwords again.
 */
public final class Secrets {

	/** Not a secret: a trust store holds only public certificates. */
	public static final String TRUST_STORE_PASSWORD = "changeit";

	private static final Duration AUTHORITY_REMINDER = Duration.ofDays(30);

	private final SecretsRequest request;

	private final Instant now;

	private final List<String> changes = new ArrayList<>();

	private Secrets(SecretsRequest request, Instant now) {
		this.request = request;
		this.now = now;
	}

	/**
	 * Creates and renews the secrets.
	 * @return what was created or renewed and why, one line each; empty if nothing
	 * changed
	 * @throws StackException if a secret cannot be read or written
	 */
	public static List<String> ensure(SecretsRequest request, Clock clock) {
		Secrets secrets = new Secrets(request, clock.instant());
		try {
			secrets.ensure();
			return List.copyOf(secrets.changes);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "The secrets in %s cannot be written or read: %s", request.directory(), ex);
		}
		catch (GeneralSecurityException ex) {
			throw StackException.of(ex, "The secrets in %s cannot be created: %s", request.directory(),
					ex.getMessage());
		}
	}

	private void ensure() throws IOException, GeneralSecurityException {
		SecretDirectory home = this.request.directory("authority");
		home.open();
		Path lock = home.path().resolve(".lock");
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE); FileLock held = channel.lock()) {
			if (!held.isValid()) {
				throw new IOException("The lock of " + lock + " was lost");
			}
			List<SecretDirectory> all = new ArrayList<>();
			for (String consumer : this.request.consumers()) {
				SecretDirectory directory = this.request.directory(consumer);
				directory.open();
				all.add(directory);
			}
			CertificateAuthority authority = authority(home);
			certificates(authority);
			passwords();
			siteSecrets();
			for (SecretDirectory directory : all) {
				directory.close();
			}
		}
	}

	private CertificateAuthority authority(SecretDirectory home) throws IOException, GeneralSecurityException {
		Optional<String> key = home.read("ca.key");
		Optional<String> certificate = home.read("ca.crt");
		if (key.isEmpty() && certificate.isEmpty()) {
			CertificateAuthority created = CertificateAuthority.create(this.now);
			// The certificate last: a key without it is discarded.
			home.write("ca.key", Pem.of(created.identity().key()));
			home.write("ca.crt", Pem.of(created.identity().certificate()));
			this.changes
				.add("authority: created, valid until " + created.identity().certificate().getNotAfter().toInstant());
			return created;
		}
		if (certificate.isEmpty()) {
			home.discard("ca.key");
			return authority(home);
		}
		String remedy = String.format(Locale.ROOT,
				". Restore it, or remove %s for a new authority, which clients must then trust", home.path());
		if (key.isEmpty()) {
			throw new StackException(home.path().resolve("ca.key") + " is missing" + remedy);
		}
		KeyAndCertificate identity = parse(home, key.get(), certificate.get(), remedy);
		Instant end = identity.certificate().getNotAfter().toInstant();
		if (this.now.plus(AUTHORITY_REMINDER).isAfter(end)) {
			throw StackException.of("The authority %s ends on %s%s", home.path().resolve("ca.crt"), end, remedy);
		}
		return new CertificateAuthority(identity);
	}

	private static KeyAndCertificate parse(SecretDirectory home, String key, String certificate, String remedy) {
		try {
			KeyAndCertificate identity = new KeyAndCertificate(Pem.privateKey(key), Pem.certificate(certificate));
			if (!KeyAndCertificate.match(identity.key(), identity.certificate().getPublicKey())) {
				throw new StackException("ca.key and ca.crt in " + home.path() + " do not belong together" + remedy);
			}
			return identity;
		}
		catch (GeneralSecurityException ex) {
			throw StackException.of(ex, "The authority in %s cannot be read: %s%s", home.path(), ex.getMessage(),
					remedy);
		}
	}

	private void certificates(CertificateAuthority authority) throws IOException, GeneralSecurityException {
		X509Certificate root = authority.identity().certificate();
		SecretDirectory gateway = this.request.directory("gateway");
		leaf(authority, gateway, "tls.crt", "tls.key", HostNames.ofGateway());
		note(gateway, "ca.crt", gateway.write("ca.crt", Pem.of(root)));
		for (String name : this.request.nodes()) {
			SecretDirectory node = this.request.directory(name);
			leaf(authority, node, "server-cert.pem", "server-key.pem", HostNames.ofNode(name));
			note(node, "ca.pem", node.write("ca.pem", Pem.of(root)));
		}
		SecretDirectory webApp = this.request.directory("web-app");
		if (!holds(webApp.bytes("authority.p12"), root)) {
			note(webApp, "authority.p12", webApp.write("authority.p12", trustStore(root)));
		}
	}

	private void leaf(CertificateAuthority authority, SecretDirectory directory, String certificateFile, String keyFile,
			HostNames names) throws IOException, GeneralSecurityException {
		Optional<String> keyPem = directory.read(keyFile);
		Optional<String> certificatePem = directory.read(certificateFile);
		if (keyPem.isPresent() && certificatePem.isPresent()) {
			Optional<String> reason;
			X509Certificate root = authority.identity().certificate();
			try {
				PrivateKey key = Pem.privateKey(keyPem.get());
				X509Certificate certificate = Pem.certificate(certificatePem.get());
				reason = LeafCheck.reasonToRenew(certificate, key, names, root, this.now);
				if (reason.isEmpty()) {
					return;
				}
				if (KeyAndCertificate.match(key, certificate.getPublicKey())) {
					// The key stays: only one file changes, so that no reader sees a pair
					// that does not match.
					issue(authority, directory, certificateFile, certificate.getPublicKey(), names);
					this.changes.add(String.format(Locale.ROOT, "%s/%s: renewed, as %s", directory.name(),
							certificateFile, reason.get()));
					return;
				}
			}
			catch (GeneralSecurityException ex) {
				reason = Optional.of("it could not be read:  " + ex.getMessage());
			}
			this.changes.add(String.format(Locale.ROOT, "%s/%s: replaced with its key, as %s", directory.name(),
					certificateFile, reason.get()));
		}
		else {
			this.changes
				.add(String.format(Locale.ROOT, "%s/%s: created for %s", directory.name(), certificateFile, names));
		}
		KeyPair pair = CertificateAuthority.newKeyPair();
		directory.write(keyFile, Pem.of(pair.getPrivate()));
		issue(authority, directory, certificateFile, pair.getPublic(), names);
	}

	private void issue(CertificateAuthority authority, SecretDirectory directory, String file, PublicKey key,
			HostNames names) throws IOException, GeneralSecurityException {
		directory.write(file, Pem.of(authority.issue(key, names, this.now)));
	}

	private void passwords() throws IOException {
		for (PasswordFiles password : PasswordFiles.of(this.request.nodes())) {
			String value = existing(password).orElseGet(Secrets::newPassword);
			for (PasswordFiles.Place place : password.places()) {
				SecretDirectory directory = this.request.directory(place.consumer());
				note(directory, place.file(), directory.write(place.file(), value));
			}
			if (password.isMonitor()) {
				for (String node : this.request.nodes()) {
					SecretDirectory directory = this.request.directory(node);
					note(directory, "monitor.cnf", directory.write("monitor.cnf", monitorOptions(value)));
				}
			}
		}
	}

	/** The secrets that only the instances of the site share. */
	private void siteSecrets() throws IOException {
		SecretDirectory webApp = this.request.directory("web-app");
		if (webApp.read("foobar.session.keys").isEmpty()) {
			byte[] key = new byte[32];
			new SecureRandom().nextBytes(key);
			note(webApp, "foobar.session.keys",
					webApp.write("foobar.session.keys", Base64.getUrlEncoder().withoutPadding().encodeToString(key)));
		}
		if (webApp.read("foobar.administrator.password").isEmpty()) {
			note(webApp, "foobar.administrator.password", webApp.write("foobar.administrator.password", newPassword()));
		}
	}

	private Optional<String> existing(PasswordFiles password) throws IOException {
		for (PasswordFiles.Place place : password.places()) {
			Optional<String> value = this.request.directory(place.consumer()).read(place.file()).map(String::strip);
			if (value.filter((text) -> !text.isEmpty()).isPresent()) {
				return value;
			}
		}
		return Optional.empty();
	}

	private String monitorOptions(String password) {
		return String.format(Locale.ROOT, """
				[client]
				user=foobar_monitor
				password=%s
				host=127.0.0.1
				port=3306
				protocol=TCP
				ssl-ca=%s/ca.pem
				""", password, this.request.mount());
	}

	private void note(SecretDirectory directory, String file, boolean written) {
		if (written) {
			this.changes.add(String.format(Locale.ROOT, "%s/%s: written", directory.name(), file));
		}
	}

	/**
	 * 184 bits, in letters that need no quoting in SQL, URLs, option files and shells.
	 */
	private static String newPassword() {
		// MySQL's replication takes passwords of 32 characters at most.
		byte[] bytes = new byte[23];
		new SecureRandom().nextBytes(bytes);
		// A leading hyphen would read as an option.
		return "p" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static boolean holds(Optional<byte[]> store, X509Certificate root) {
		if (store.isEmpty()) {
			return false;
		}
		try {
			KeyStore present = KeyStore.getInstance("PKCS12");
			present.load(new ByteArrayInputStream(store.get()), TRUST_STORE_PASSWORD.toCharArray());
			return root.equals(present.getCertificate("authority"));
		}
		catch (GeneralSecurityException | IOException ex) {
			return false;
		}
	}

	private static byte[] trustStore(X509Certificate root) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("authority", root);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		store.store(bytes, TRUST_STORE_PASSWORD.toCharArray());
		return bytes.toByteArray();
	}

}
