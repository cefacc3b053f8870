package com.foobar.routing.intent;

import java.util.Set;
import java.util.function.Supplier;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Classifies the servlet request that Spring has bound to the current thread.
 */
public final class ServletRequestSafety implements Supplier<RequestSafety> {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	@Override
	public RequestSafety get() {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
			return RequestSafety.NONE;
		}
		try {
			String method = attributes.getRequest().getMethod();
			return (method == null) ? RequestSafety.NONE
					: SAFE.contains(method) ? RequestSafety.SAFE : RequestSafety.UNSAFE;
		}
		catch (IllegalStateException ex) {
			// A thread that outlived its request: the server has taken the request back.
			return RequestSafety.NONE;
		}
	}

}
