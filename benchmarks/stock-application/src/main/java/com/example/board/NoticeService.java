package com.example.board;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class NoticeService {

	/** There is no sign-in: one member writes everything. */
	private static final long AUTHOR = 1;

	private final NoticeRepository notices;

	private final MemberRepository members;

	NoticeService(NoticeRepository notices, MemberRepository members) {
		this.notices = notices;
		this.members = members;
	}

	Page<NoticeView> list(Pageable page) {
		return this.notices.findAll(page).map(NoticeView::of);
	}

	Optional<NoticeView> find(long id) {
		return this.notices.findById(id).map(NoticeView::of);
	}

	@Transactional
	long post(NoticeDraft draft) {
		Notice notice = new Notice(this.members.getReferenceById(AUTHOR), draft.title(), draft.body(),
				Instant.now().truncatedTo(ChronoUnit.MICROS));
		return this.notices.save(notice).getId();
	}

}
