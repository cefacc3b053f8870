package com.foobar.web.problem;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemAdviceTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true
			text/html                                                       | true
			application/json, text/html;q=0.5                               | false
			text/html;q=0.5, application/json                               | false
			text/html, application/json;q=0.5                               | true
			application/json                                                | false
			*/*                                                             | false
			image/png                                                       | false
			nonsense                                                        | false
			                                                                | false
			""")
	void rendersAPageWhenHtmlIsPreferred(String accept, boolean expected) {
		assertThat(ProblemAdvice.prefersHtml(accept)).isEqualTo(expected);
	}

}
