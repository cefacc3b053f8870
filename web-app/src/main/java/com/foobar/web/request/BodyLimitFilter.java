package com.foobar.web.request;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import com.foobar.web.SiteProperties;

/**
 * Rejects bodies larger than {@code foobar.max-body-size}: at once if the length is
 * declared, otherwise when the limit is exceeded. Rejects encoded bodies as well, since
 * their decoded size is unknown.
 */
@Component
@Order(FilterOrder.BODY_LIMIT)
class BodyLimitFilter extends OncePerRequestFilter {

	private final long limit;

	BodyLimitFilter(SiteProperties properties) {
		this.limit = properties.maxBodySize().toBytes();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
			response.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
			Refusal.send(request, response, HttpStatus.UNSUPPORTED_MEDIA_TYPE,
					"Encoded bodies are not supported; send the body without Content-Encoding");
		}
		else if (length > this.limit) {
			Refusal.send(request, response, HttpStatus.CONTENT_TOO_LARGE,
					"The body has " + length + " bytes; expected at most " + this.limit);
		}
		else if (length < 0) {
			chain.doFilter(new LimitedBodyRequest(request, this.limit), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
