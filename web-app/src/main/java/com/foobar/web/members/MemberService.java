package com.foobar.web.members;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.foobar.web.database.ReadOnly;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets people join and finds those who did. Thread-safe.
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
	 * Make somebody a member. The unique index decides whether the address is free, not a
	 * look before: two requests on two instances could both find it free.
	 * @param joining a valid description
	 * @return the member as everybody sees it
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
	 * Make the first administrator.
	 * @param joining a valid description
	 * @return whether there was none before
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
			member.makeAdministrator();
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
	 * @return the member as everybody sees it
	 * @throws MemberNotFoundException if there is none
	 */
	@ReadOnly
	public MemberView find(long id) {
		return this.members.findById(id).map(Member::view).orElseThrow(() -> new MemberNotFoundException(id));
	}

	/**
	 * Find who is signed in as a member.
	 * @param id the member's id
	 * @return the member, nothing if it was removed
	 */
	@ReadOnly
	public Optional<SignedIn> current(long id) {
		return this.members.findById(id).map(Member::signedIn);
	}

	/**
	 * Find what a sign-in is checked against.
	 * @param email an address, as somebody wrote it
	 * @return the member with this address
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
	 * @return whom to sign in again
	 * @throws MemberNotFoundException if there is none
	 * @throws WrongPasswordException if the current password is another one
	 */
	@Transactional
	public SignedIn changePassword(long id, PasswordChange change) {
		Member member = this.members.findById(id).orElseThrow(() -> new MemberNotFoundException(id));
		if (!this.passwords.matches(change.current(), member.passwordHash())) {
			throw new WrongPasswordException();
		}
		member.changePassword(hash(change.password()));
		return this.members.saveAndFlush(member).signedIn();
	}

	/**
	 * Remove a member. What the member wrote stays, without a name.
	 * @param id the member's id
	 * @throws MemberNotFoundException if there is none
	 * @throws AdministratorStaysException if the member is an administrator
	 */
	@Transactional
	public void remove(long id) {
		Member member = this.members.findById(id).orElseThrow(() -> new MemberNotFoundException(id));
		if (member.isAdministrator()) {
			throw new AdministratorStaysException(id);
		}
		this.members.delete(member);
		this.members.flush();
	}

	private String hash(@Nullable String password) {
		return Objects.requireNonNull(this.passwords.encode(password), "hash");
	}

	/**
	 * What a sign-in is checked against.
	 *
	 * @param member who signs in if the password is right
	 * @param passwordHash the password's hash
	 */
	public record Credentials(SignedIn member, String passwordHash) {

		@Override
		public String toString() {
			return "Credentials[" + this.member.id() + "]";
		}

	}

}
