package com.foobar.web.members;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

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
		String hash = Objects.requireNonNull(this.passwords.encode(joining.password()), "hash");
		Member member = new Member(Objects.requireNonNull(joining.name(), "name"),
				Objects.requireNonNull(joining.email(), "email"), hash,
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		try {
			return this.members.saveAndFlush(member).view();
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

}
