package com.foobar.routing.web;

import com.foobar.routing.CausalityToken;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a token is called on the wire, and how one that came from outside is taken.
 */
public final class TokenCarrier {

	/** The header of requests and answers. */
	public static final String HEADER = "Read-After";

	/** The cookie of browsers. */
	public static final String COOKIE = "read_after";

	private static final Log logger = LogFactory.getLog(TokenCarrier.class);

	private TokenCarrier() {
	}

	/**
	 * Take a token from outside. One that cannot be read is ignored: it is not worth
	 * failing a request that it would only make fresher.
	 * @param text what came
	 * @return the token, empty if nothing readable came
	 */
	static CausalityToken read(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return CausalityToken.NONE;
		}
		try {
			return CausalityToken.parse(text);
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Ignored a causality token", ex);
			return CausalityToken.NONE;
		}
	}

}
