package com.foobar.local.secrets;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs the certificates of one machine: elliptic curve P-256, SHA-256.
 *
 * <p>
 * It can sign only for this project's names (RFC 5280, name constraints): a stolen key
 * does not affect other sites in a browser that trusts it.
 */
record CertificateAuthority(KeyAndCertificate identity) {

	static final Duration VALIDITY = Duration.ofDays(3650);

	static final Duration LEAF_VALIDITY = Duration.ofDays(397);

	private static final SecureRandom RANDOM = new SecureRandom();

	// Clocks differ slightly between host and containers.
	private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

	static CertificateAuthority create(Instant now) throws GeneralSecurityException {
		KeyPair pair = newKeyPair();
		byte[] mark = new byte[3];
		RANDOM.nextBytes(mark);
		// The mark distinguishes two authorities in a list of trusted ones.
		X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, "foobar, this machine only")
			.addRDN(BCStyle.CN, "foobar local authority " + HexFormat.of().formatHex(mark))
			.build();
		X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, serial(),
				Date.from(now.minus(CLOCK_TOLERANCE)), Date.from(now.plus(VALIDITY)), name, pair.getPublic());
		try {
			JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
			builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
			builder.addExtension(Extension.nameConstraints, true, constraints());
			builder.addExtension(Extension.subjectKeyIdentifier, false,
					identifiers.createSubjectKeyIdentifier(pair.getPublic()));
		}
		catch (CertIOException ex) {
			throw new GeneralSecurityException(ex);
		}
		return new CertificateAuthority(new KeyAndCertificate(pair.getPrivate(), sign(builder, pair.getPrivate())));
	}

	/**
	 * Signs a server's certificate, which ends no later than the authority itself.
	 */
	X509Certificate issue(PublicKey key, HostNames names, Instant now) throws GeneralSecurityException {
		X509Certificate authority = this.identity.certificate();
		Instant end = now.plus(LEAF_VALIDITY);
		if (end.isAfter(authority.getNotAfter().toInstant())) {
			end = authority.getNotAfter().toInstant();
		}
		X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, names.dns().get(0)).build();
		X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
				X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()), serial(),
				Date.from(now.minus(CLOCK_TOLERANCE)), Date.from(end), subject, key);
		try {
			JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
			builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
			builder.addExtension(Extension.extendedKeyUsage, false,
					new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
			builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
			builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
			builder.addExtension(Extension.authorityKeyIdentifier, false,
					identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
		}
		catch (CertIOException ex) {
			throw new GeneralSecurityException(ex);
		}
		return sign(builder, this.identity.key());
	}

	static KeyPair newKeyPair() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
		return generator.generateKeyPair();
	}

	private static NameConstraints constraints() {
		// A name permits its subdomains too: localhost permits www.foobar.localhost.
		Stream<String> names = Stream.concat(
				Stream.of("foobar.com", "localhost", "web-app", "gateway", "mysql-primary", "mariadb-primary",
						"cluster.local"),
				IntStream.rangeClosed(1, 9)
					.boxed()
					.flatMap((n) -> Stream.of("mysql-" + n, "mysql-replica-" + n, "mariadb-replica-" + n)));
		List<GeneralSubtree> permitted = new ArrayList<>();
		names.map((name) -> new GeneralName(GeneralName.dNSName, name))
			.map(GeneralSubtree::new)
			.forEach(permitted::add);
		permitted.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.0/8")));
		permitted.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "::1/128")));
		return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
	}

	private static GeneralNames alternatives(HostNames names) {
		return new GeneralNames(Stream
			.concat(names.dns().stream().map((name) -> new GeneralName(GeneralName.dNSName, name)),
					names.addresses().stream().map((address) -> new GeneralName(GeneralName.iPAddress, address)))
			.toArray(GeneralName[]::new));
	}

	private static BigInteger serial() {
		return new BigInteger(127, RANDOM).setBit(126);
	}

	private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
			throws GeneralSecurityException {
		try {
			return new JcaX509CertificateConverter()
				.getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
		}
		catch (OperatorCreationException ex) {
			throw new GeneralSecurityException(ex);
		}
	}

}
