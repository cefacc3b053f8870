package com.foobar.web.sessions;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

import com.foobar.web.members.MemberService;
import com.foobar.web.request.Refusal;

/**
 * Authorization by path. Whether a member may change a notice is checked in
 * {@code notices}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SessionProperties.class, SignInProperties.class })
class SessionsConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SessionsConfiguration.class);

	@Bean
	Sessions sessions(SessionProperties settings, MemberService members, Clock clock) {
		return new Sessions(new SessionTokens(keys(settings)), members, settings, clock);
	}

	private static SessionKeys keys(SessionProperties settings) {
		String keys = settings.keys();
		if (keys == null || keys.isBlank()) {
			logger.warn("{}.keys is not set: sign-ins are valid on this instance only, until it stops",
					SessionProperties.PREFIX);
			return SessionKeys.random();
		}
		return SessionKeys.parse(keys);
	}

	/**
	 * Uses Spring Security for authorization only: filters before this chain reject
	 * cross-site requests and set security headers, and there are no server sessions.
	 */
	@Bean
	@ConditionalOnWebApplication
	SecurityFilterChain rules(HttpSecurity http, Sessions sessions) throws Exception {
		return http.csrf(AbstractHttpConfigurer::disable)
			.headers(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((management) -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.addFilterBefore(new SessionFilter(sessions), AuthorizationFilter.class)
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(HttpMethod.POST, "/api/members", "/api/session")
						.permitAll()
						.requestMatchers(HttpMethod.DELETE, "/api/session")
						.permitAll()
						.requestMatchers(HttpMethod.DELETE, "/api/members/*")
						.hasAuthority(SessionFilter.ADMINISTRATOR)
						.requestMatchers("/members/*/remove", "/administrators/**", "/api/administrators/**")
						.hasAuthority(SessionFilter.ADMINISTRATOR)
						.requestMatchers(HttpMethod.POST, "/api/**")
						.authenticated()
						.requestMatchers(HttpMethod.PUT, "/api/**")
						.authenticated()
						.requestMatchers(HttpMethod.DELETE, "/api/**")
						.authenticated()
						.requestMatchers("/account", "/notices/*/delete")
						.authenticated()
						.requestMatchers(HttpMethod.GET, "/notices/*/edit")
						.authenticated()
						// The controllers show the form again, with its input.
						.anyRequest()
						.permitAll())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> requireSignIn(request, response))
				.accessDeniedHandler((request, response, ex) -> Refusal.send(request, response, HttpStatus.FORBIDDEN,
						"Only administrators may do this")))
			.build();
	}

	private static void requireSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (request.getRequestURI().startsWith("/api/")) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, FailedSignInException.CHALLENGE);
			Refusal.send(request, response, HttpStatus.UNAUTHORIZED,
					"Sign in first: POST /api/session with email and password, and send the cookie of its response");
			return;
		}
		response.setStatus(HttpStatus.SEE_OTHER.value());
		response.setHeader(HttpHeaders.LOCATION,
				"/sign-in?next=" + URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8));
	}

	/**
	 * One observation per request is recorded by Spring MVC. Those of Spring Security
	 * would record another three, with an event for each of its filters.
	 */
	@Bean
	SecurityObservationSettings noSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/** Prevents Spring Boot from creating a default user. */
	@Bean
	UserDetailsService noDefaultUser() {
		return (name) -> {
			throw new UsernameNotFoundException("Members are authenticated by com.foobar.web.sessions");
		};
	}

}
