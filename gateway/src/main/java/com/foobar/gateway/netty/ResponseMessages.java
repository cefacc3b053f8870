package com.foobar.gateway.netty;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * What is written to clients, as the handlers of their connections see it.
 */
final class ResponseMessages {

	private ResponseMessages() {
	}

	/**
	 * Whether a message is the end of an answer. A {@code 100 Continue} is not: the
	 * answer is yet to come.
	 * @param message what is written
	 */
	static boolean isEnd(Object message) {
		return message instanceof LastHttpContent && !(message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
	}

}
