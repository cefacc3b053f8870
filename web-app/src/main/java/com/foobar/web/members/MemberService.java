package com.foobar.web.members;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.foobar.web.database.ReadOnly;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/**
 * Creates, finds, changes and removes members. Thread-safe.
 */
@Service
public class MemberService {

	private final Members members;

	private final PasswordEncoder passwords;

	private final Clock clock;

	MemberService(Members members, PasswordEncoder passwords, Clock clock) {
		this.members = members;
		this.passwords = passwords;
		this.clock = clock;
	}

	/**
	 * Create a member. The unique index decides whether the address is free: a query
	 * before the insert could find it free on two instances at once.
	 * @param joining valid data of the new member
	 * @return the public data of the member
	 * @throws EmailTakenException if the address belongs to a member
	 */
	@Transactional
	public MemberView join(NewMember joining) {
		return save(joining, false).view();
	}

	boolean hasAdministrator() {
		return this.members.existsByAdministratorTrue();
	}

	/**
	 * Create the first administrator.
	 * @param joining valid data of the new member
	 * @return whether it was created; {@code false} if there is an administrator
	 * @throws EmailTakenException if the address belongs to a member
	 */
	@Transactional
	boolean joinAsFirstAdministrator(NewMember joining) {
		if (this.members.existsByAdministratorTrue()) {
			return false;
		}
		save(joining, true);
		return true;
	}

	private Member save(NewMember joining, boolean administrator) {
		Member member = new Member(Objects.requireNonNull(joining.name(), "name"),
				Objects.requireNonNull(joining.email(), "email"), hash(joining.password()),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		if (administrator) {
			member.grantAdministration();
		}
		try {
			return this.members.saveAndFlush(member);
		}
		catch (DataIntegrityViolationException ex) {
			throw new EmailTakenException(ex);
		}
	}

	/**
	 * Find a member.
	 * @param id the member's id
	 * @return the public data of the member
	 * @throws ResponseStatusException 404 if there is none
	 */
	@ReadOnly
	public MemberView find(long id) {
		return this.members.findById(id).map(Member::view).orElseThrow(() -> notFound(id));
	}

	/**
	 * Read the current data of a signed-in member.
	 * @param id the member's id
	 * @return the member, empty if it was removed
	 */
	@ReadOnly
	public Optional<SignedIn> current(long id) {
		return this.members.findById(id).map(Member::signedIn);
	}

	/**
	 * Find the credentials to check a sign-in against.
	 * @param email an address in any case
	 * @return the credentials of the member with this address
	 */
	@ReadOnly
	public Optional<Credentials> credentials(String email) {
		return this.members.findByEmail(NewMember.normalized(email))
			.map((member) -> new Credentials(member.signedIn(), member.passwordHash()));
	}

	/**
	 * Change a password, which ends all other sign-ins of the member.
	 * @param id the member's id
	 * @param change a valid change
	 * @return the member, to be signed in again
	 * @throws ResponseStatusException 404 if there is none
	 * @throws WrongPasswordException if the current password is wrong
	 */
	@Transactional
	public SignedIn changePassword(long id, PasswordChange change) {
		Member member = this.members.findById(id).orElseThrow(() -> notFound(id));
		if (!this.passwords.matches(change.current(), member.passwordHash())) {
			throw new WrongPasswordException();
		}
		member.changePassword(hash(change.password()));
		return this.members.saveAndFlush(member).signedIn();
	}

	/**
	 * Remove a member. The member's notices remain, without the name.
	 * @param id the member's id
	 * @throws ResponseStatusException 404 if there is none, 409 if the member is an
	 * administrator
	 */
	@Transactional
	public void remove(long id) {
		Member member = this.members.findById(id).orElseThrow(() -> notFound(id));
		if (member.isAdministrator()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"Member " + id + " is an administrator; revoke the administration first, then remove the member");
		}
		this.members.delete(member);
		this.members.flush();
	}

	static ResponseStatusException notFound(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no member " + id);
	}

	private String hash(@Nullable String password) {
		return Objects.requireNonNull(this.passwords.encode(password), "hash");
	}

	/**
	 * The credentials that a sign-in is checked against.
	 *
	 * @param member the member to sign in if the password matches
	 * @param passwordHash the password's hash
	 */
	public record Credentials(SignedIn member, String passwordHash) {

		@Override
		public String toString() {
			return "Credentials[" + this.member.id() + "]";
		}

	}

}
