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
import com.foobar.web.problem.Refusal;

/**
 * Refuses bodies that are larger than {@code foobar.max-body-size}: at once where the
 * length is announced, otherwise as soon as more arrives. Refuses encoded ones, too: what
 * they would become is not known before they are decoded.
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
					"Bodies are not decoded; send it without Content-Encoding");
		}
		else if (length > this.limit) {
			Refusal.send(request, response, HttpStatus.CONTENT_TOO_LARGE,
					"The body has " + length + " bytes; at most " + this.limit + " are read");
		}
		else if (length < 0) {
			chain.doFilter(new LimitedBodyRequest(request, this.limit), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
