package com.foobar.web.request;

import java.io.InputStream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Adds ETags made from the content to API responses that have no version, such as lists.
 * A client that repeats the request gets 304 while nothing has changed.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ContentTags {

	@Bean
	FilterRegistrationBean<ShallowEtagHeaderFilter> contentTagFilter() {
		TagFilter filter = new TagFilter();
		filter.setWriteWeakETag(true);
		FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns("/api/notices", "/api/members/*");
		registration.setOrder(FilterOrder.CONTENT_TAG);
		return registration;
	}

	/** Gives HEAD the tag that GET would have. */
	private static final class TagFilter extends ShallowEtagHeaderFilter {

		@Override
		protected boolean isEligibleForEtag(HttpServletRequest request, HttpServletResponse response, int status,
				InputStream content) {
			return status == HttpServletResponse.SC_OK
					&& (HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod()));
		}

	}

}
