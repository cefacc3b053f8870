package com.foobar.web.members;

import java.util.List;
import java.util.Optional;

import com.foobar.web.database.ReadOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/**
 * Grants and revokes administration. Administrators cannot revoke their own, so at least
 * one remains. Thread-safe.
 */
@Service
public class AdministratorService {

	private static final Logger logger = LoggerFactory.getLogger(AdministratorService.class);

	private final Members members;

	AdministratorService(Members members) {
		this.members = members;
	}

	/**
	 * List all administrators.
	 * @return the administrators, ordered by when they joined
	 */
	@ReadOnly
	public List<AdministratorView> list() {
		return this.members.findByAdministratorTrueOrderById().stream().map(Member::administratorView).toList();
	}

	/**
	 * Make a member an administrator. Takes effect within a minute. Does nothing if the
	 * member is one.
	 * @param id the member's id
	 * @param by the signed-in administrator
	 * @throws ResponseStatusException 404 if there is no such member, 403 if {@code by}
	 * is no longer an administrator
	 */
	@Transactional
	public void grant(long id, SignedIn by) {
		Member member = lock(id, by);
		if (!member.isAdministrator()) {
			member.grantAdministration();
			this.members.saveAndFlush(member);
			logger.info("Member {} made member {} an administrator", by.id(), id);
		}
	}

	/**
	 * Make the member with an e-mail address an administrator. Several members may have
	 * the same name.
	 * @param email an address in any case
	 * @param by the signed-in administrator
	 * @return whether a member has this address
	 * @throws ResponseStatusException 403 if {@code by} is no longer an administrator
	 */
	@Transactional
	public boolean grant(String email, SignedIn by) {
		Optional<Long> id = this.members.findIdByEmail(NewMember.normalized(email));
		id.ifPresent((found) -> grant(found, by));
		return id.isPresent();
	}

	/**
	 * Revoke a member's administration, which ends the member's sign-ins within a minute.
	 * Does nothing if the member is not an administrator.
	 * @param id the member's id
	 * @param by the signed-in administrator
	 * @throws ResponseStatusException 404 if there is no such member, 403 if {@code by}
	 * is no longer an administrator, 409 if it is the same member
	 */
	@Transactional
	public void revoke(long id, SignedIn by) {
		if (id == by.id()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"Administrators cannot revoke their own administration; another administrator can");
		}
		Member member = lock(id, by);
		if (member.isAdministrator()) {
			member.revokeAdministration();
			this.members.saveAndFlush(member);
			logger.info("Member {} revoked the administration of member {}", by.id(), id);
		}
	}

	/**
	 * Locks both rows in the order of their ids and checks {@code by} again, because the
	 * data of a sign-in may be a minute old. If two administrators revoke each other at
	 * the same time, the second one fails.
	 */
	private Member lock(long id, SignedIn by) {
		List<Member> locked = this.members.lock(List.of(id, by.id()));
		if (locked.stream().noneMatch((member) -> member.has(by.id()) && member.isAdministrator())) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Only administrators may do this");
		}
		return locked.stream()
			.filter((member) -> member.has(id))
			.findFirst()
			.orElseThrow(() -> MemberService.notFound(id));
	}

}
