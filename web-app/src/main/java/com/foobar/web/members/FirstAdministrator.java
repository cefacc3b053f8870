package com.foobar.web.members;

import java.security.SecureRandom;
import java.util.Base64;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import com.foobar.web.problem.DatabaseOutage;

/**
 * Creates an administrator at startup if there is none. Several instances may start at
 * the same time: the unique index on the address lets one of them succeed.
 */
@Component
@EnableConfigurationProperties(AdministratorProperties.class)
class FirstAdministrator implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(FirstAdministrator.class);

	private static final int PASSWORD_BYTES = 15;

	private final MemberService members;

	private final AdministratorProperties properties;

	FirstAdministrator(MemberService members, AdministratorProperties properties) {
		this.members = members;
		this.properties = properties;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		try {
			createIfMissing();
		}
		catch (EmailTakenException ex) {
			// Created by another instance, or the address belongs to a member.
			logger.info("No administrator was created: a member {} exists", this.properties.email());
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			logger.warn("Could not check whether there is an administrator: {}", DatabaseOutage.reason(ex));
		}
	}

	private void createIfMissing() {
		if (this.members.hasAdministrator()) {
			return;
		}
		String given = this.properties.password();
		boolean generated = given == null || given.isBlank();
		String password = (given == null || generated) ? newPassword() : given.strip();
		NewMember administrator = new NewMember(this.properties.name(), this.properties.email(), password);
		if (this.members.joinAsFirstAdministrator(administrator)) {
			if (generated) {
				logger.warn("Created administrator {}. Password, logged only once: {}", this.properties.email(),
						password);
			}
			else {
				logger.info("Created administrator {} with the password of foobar.administrator.password",
						this.properties.email());
			}
		}
	}

	private static String newPassword() {
		byte[] bytes = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
