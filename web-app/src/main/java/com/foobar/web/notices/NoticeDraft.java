package com.foobar.web.notices;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import com.foobar.web.PlainText;

/**
 * What somebody wants a notice to say. Line ends are normalised, because browsers send
 * two characters for each and the limits count characters; blanks around it are dropped.
 *
 * @param title one line, 1 to 120 characters
 * @param body plain text, 1 to 4,000 characters
 */
public record NoticeDraft(
		@NotBlank(message = "must not be empty") @Size(max = NoticeDraft.MAX_TITLE,
				message = "must have at most {max} characters") @Pattern(regexp = PlainText.LINE,
						message = "must be a single line of text") @Nullable String title,
		@NotBlank(message = "must not be empty") @Size(max = NoticeDraft.MAX_BODY,
				message = "must have at most {max} characters") @Pattern(regexp = PlainText.LINES,
						message = "must be plain text") @Nullable String body) {

	/** Most characters in a title. */
	public static final int MAX_TITLE = 120;

	/** Most characters in a body. */
	public static final int MAX_BODY = 4000;

	public NoticeDraft {
		title = (title != null) ? PlainText.tidy(title) : null;
		body = (body != null) ? PlainText.tidy(body) : null;
	}

}
