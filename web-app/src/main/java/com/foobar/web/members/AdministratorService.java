package com.foobar.web.members;

import java.util.List;
import java.util.Optional;

import com.foobar.web.database.ReadOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has administrators make others, and take the right away again. Nobody takes it from
 * oneself: whoever takes one away stays, and so does the last one. Thread-safe.
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
	 * @return by when they joined
	 */
	@ReadOnly
	public List<AdministratorView> list() {
		return this.members.findByAdministratorTrueOrderById().stream().map(Member::administratorView).toList();
	}

	/**
	 * Make a member an administrator, who may use the right within a minute. One who is
	 * one already stays one.
	 * @param id the member's id
	 * @param by who does it
	 * @throws MemberNotFoundException if there is no such member
	 * @throws NotAnAdministratorException if the right was taken from the other one
	 */
	@Transactional
	public void make(long id, SignedIn by) {
		Member member = lock(id, by);
		if (!member.isAdministrator()) {
			member.makeAdministrator();
			this.members.saveAndFlush(member);
			logger.info("Member {} made member {} an administrator", by.id(), id);
		}
	}

	/**
	 * Make a member an administrator whom only the address tells from others with the
	 * same name.
	 * @param email an address, as somebody wrote it
	 * @param by who does it
	 * @return whether a member has this address
	 * @throws NotAnAdministratorException if the right was taken from the other one
	 */
	@Transactional
	public boolean make(String email, SignedIn by) {
		Optional<Long> id = this.members.findIdByEmail(NewMember.normalized(email));
		id.ifPresent((found) -> make(found, by));
		return id.isPresent();
	}

	/**
	 * Take the right away, which ends the member's sign-ins within a minute. From one who
	 * does not have it nothing is taken.
	 * @param id the member's id
	 * @param by who does it
	 * @throws MemberNotFoundException if there is no such member
	 * @throws NotAnAdministratorException if the right was taken from the other one
	 * @throws AdministratorStaysException if it is the same one
	 */
	@Transactional
	public void take(long id, SignedIn by) {
		if (id == by.id()) {
			throw AdministratorStaysException.oneself();
		}
		Member member = lock(id, by);
		if (member.isAdministrator()) {
			member.takeAdministration();
			this.members.saveAndFlush(member);
			logger.info("Member {} took the right of an administrator from member {}", by.id(), id);
		}
	}

	/**
	 * What a sign-in says may be a minute old. Both rows are locked, in the order of
	 * their ids: of two who take the right from each other at the same time, the second
	 * one has lost it.
	 */
	private Member lock(long id, SignedIn by) {
		List<Member> locked = this.members.lock(List.of(id, by.id()));
		if (locked.stream().noneMatch((member) -> member.has(by.id()) && member.isAdministrator())) {
			throw new NotAnAdministratorException();
		}
		return locked.stream()
			.filter((member) -> member.has(id))
			.findFirst()
			.orElseThrow(() -> new MemberNotFoundException(id));
	}

}
