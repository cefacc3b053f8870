package com.foobar.gateway.netty;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells the messages of a response apart.
 */
final class ResponseMessages {

	private ResponseMessages() {
	}

	/**
	 * Whether a message is the end of a response. A {@code 100 Continue} is not: the
	 * final response follows.
	 * @param message a message that is written
	 */
	static boolean isEnd(Object message) {
		return message instanceof LastHttpContent && !(message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
	}

}
