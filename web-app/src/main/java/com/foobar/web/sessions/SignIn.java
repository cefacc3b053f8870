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
 * Checks e-mail address and password, and limits failures. Reads from a replica, so that
 * members can sign in while the primary is down. Thread-safe.
 */
@Component
public class SignIn {

	/** An IPv6 client has at least a network of 64 bits. */
	private static final int NETWORK_BYTES = 8;

	private final MemberService members;

	private final PasswordEncoder passwords;

	private final SignInFailures failures;

	/** Makes an unknown address take as long as a wrong password. */
	private final String dummyHash;

	SignIn(MemberService members, PasswordEncoder passwords, SignInFailures failures) {
		this.members = members;
		this.passwords = passwords;
		this.failures = failures;
		this.dummyHash = Objects.requireNonNull(passwords.encode("dummy password"), "hash");
	}

	/**
	 * Try to sign in.
	 * @param form e-mail address and password
	 * @param remoteAddress the address of the client
	 * @return the member
	 * @throws FailedSignInException if the address or the password is wrong
	 * @throws TooManyFailuresException if a limit of failures is exceeded
	 */
	public SignedIn attempt(SignInForm form, String remoteAddress) {
		String account = Objects.requireNonNull(form.email(), "email").strip().toLowerCase(Locale.ROOT);
		String network = network(remoteAddress);
		Optional<Duration> wait = this.failures.waitFor(account, network);
		if (wait.isPresent()) {
			throw new TooManyFailuresException(wait.get());
		}
		Optional<Credentials> credentials = this.members.credentials(account);
		String hash = credentials.map(Credentials::passwordHash).orElse(this.dummyHash);
		boolean matches = this.passwords.matches(form.password(), hash);
		if (!matches || credentials.isEmpty()) {
			this.failures.record(account, network);
			throw new FailedSignInException();
		}
		return credentials.get().member();
	}

	static String network(String remoteAddress) {
		try {
			// Digits only: a name would cause a DNS lookup.
			if (remoteAddress.matches("[0-9a-fA-F:.%]+")
					&& InetAddress.getByName(remoteAddress) instanceof Inet6Address address) {
				return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES));
			}
		}
		catch (UnknownHostException ex) {
			// Counted by the text itself.
		}
		return remoteAddress;
	}

}
