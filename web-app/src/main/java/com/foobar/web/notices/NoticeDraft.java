package com.foobar.web.notices;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import com.foobar.web.PlainText;

/**
 * The title and body of a notice to be posted or changed. Line ends are normalized,
 * because browsers send two characters for each and the limits count characters.
 * Surrounding blanks are removed.
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

	/** Maximum number of characters of a title. */
	public static final int MAX_TITLE = 120;

	/** Maximum number of characters of a body. */
	public static final int MAX_BODY = 4000;

	public NoticeDraft {
		title = (title != null) ? PlainText.normalize(title) : null;
		body = (body != null) ? PlainText.normalize(body) : null;
	}

}
