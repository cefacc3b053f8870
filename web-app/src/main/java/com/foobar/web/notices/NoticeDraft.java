package com.foobar.web.notices;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a notice to say. Line ends are normalised, because browsers send
 * two characters for each and the limits count characters; blanks around it are dropped.
 *
 * @param title one line, 1 to 120 characters
 * @param body plain text, 1 to 4,000 characters
 */
public record NoticeDraft(
		@NotBlank(message = "must not be empty") @Size(max = NoticeDraft.MAX_TITLE,
				message = "must have at most {max} characters") @Pattern(regexp = "\\P{Cntrl}*",
						message = "must be a single line") @Nullable String title,
		@NotBlank(message = "must not be empty") @Size(max = NoticeDraft.MAX_BODY,
				message = "must have at most {max} characters") @Nullable String body) {

	/** Most characters in a title. */
	public static final int MAX_TITLE = 120;

	/** Most characters in a body. */
	public static final int MAX_BODY = 4000;

	public NoticeDraft {
		title = (title != null) ? title.strip() : null;
		body = (body != null) ? body.replace("\r\n", "\n").strip() : null;
	}

}
