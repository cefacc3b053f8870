package com.foobar.web.notices.web;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import com.foobar.web.notices.NoticeService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Responses to failures of the service. NoticeBoardIT covers what needs a database.
 */
@WebMvcTest(NoticeController.class)
@WithMockUser
class NoticeControllerTests {

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private MockMvcTester mvc;

	@MockitoBean
	@SuppressWarnings("NullAway.Init")
	private NoticeService notices;

	@Test
	void conflictingChangesGiveConflict() {
		given(this.notices.change(eq(7L), any(), any(), any()))
			.willThrow(new OptimisticLockingFailureException("row 7"));
		assertThat(this.mvc.put()
			.uri("/api/notices/7")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"title\":\"t\",\"body\":\"b\"}")).hasStatus(409)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.doesNotContain("row 7");
	}

	@Test
	void unexpectedFailureHidesItsReason() {
		given(this.notices.list(any(), anyInt(), anyInt(), any()))
			.willThrow(new IllegalStateException("select secret from members"));
		assertThat(this.mvc.get().uri("/api/notices")).hasStatus(500)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("requestId")
			.doesNotContain("secret");
	}

	@Test
	void invalidDraftDoesNotReachTheService() {
		assertThat(this.mvc.post()
			.uri("/api/notices")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"title\":\"t\"}")).hasStatus(422)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("body");
		then(this.notices).shouldHaveNoInteractions();
	}

}
