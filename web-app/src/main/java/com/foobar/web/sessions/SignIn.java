package com.foobar.web.sessions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import com.foobar.web.members.MemberService;
import com.foobar.web.members.MemberService.Credentials;
import com.foobar.web.members.SignedIn;

/**
 * Answers "is this the member's password?", not too often. Reads on a replica, so that
 * members sign in while the primary is gone. Thread-safe.
 */
@Component
public class SignIn {

	/** An IPv6 customer has at least this much: 64 bits. */
	private static final int NETWORK_BYTES = 8;

	private final MemberService members;

	private final PasswordEncoder passwords;

	private final SignInFailures failures;

	/** So that an unknown address takes as long as a wrong password. */
	private final String nobodysHash;

	SignIn(MemberService members, PasswordEncoder passwords, SignInFailures failures) {
		this.members = members;
		this.passwords = passwords;
		this.failures = failures;
		this.nobodysHash = Objects.requireNonNull(passwords.encode("nobody's password"), "hash");
	}

	/**
	 * Try to sign in.
	 * @param form an address and a password
	 * @param remoteAddress where the request came from
	 * @return who signed in
	 * @throws FailedSignInException if address and password do not belong together
	 * @throws TooManyFailuresException if that was so too often of late
	 */
	public SignedIn attempt(SignInForm form, String remoteAddress) {
		String account = Objects.requireNonNull(form.email(), "email").strip().toLowerCase(Locale.ROOT);
		String network = network(remoteAddress);
		Optional<Duration> wait = this.failures.waitFor(account, network);
		if (wait.isPresent()) {
			throw new TooManyFailuresException(wait.get());
		}
		Optional<Credentials> credentials = this.members.credentials(account);
		String hash = credentials.map(Credentials::passwordHash).orElse(this.nobodysHash);
		boolean matches = this.passwords.matches(form.password(), hash);
		if (!matches || credentials.isEmpty()) {
			this.failures.record(account, network);
			throw new FailedSignInException();
		}
		return credentials.get().member();
	}

	static String network(String remoteAddress) {
		try {
			// Digits only: a name would be looked up.
			if (remoteAddress.matches("[0-9a-fA-F:.%]+")
					&& InetAddress.getByName(remoteAddress) instanceof Inet6Address address) {
				return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES));
			}
		}
		catch (UnknownHostException ex) {
			// Then it is what it is.
		}
		return remoteAddress;
	}

}
