package com.foobar.routing.intent;

import com.foobar.routing.router.Intent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReadIntentResolverTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			REPLICA,    REPLICA, NONE,   READ_ONLY,       READ_ONLY
			REPLICA,    REPLICA, UNSAFE, READ_ONLY,       READ_ONLY
			BY_REQUEST, REPLICA, NONE,   REPOSITORY_READ, READ_ONLY
			BY_REQUEST, REPLICA, SAFE,   READ_ONLY,       READ_ONLY
			BY_REQUEST, REPLICA, UNSAFE, REPOSITORY_READ, READ_ONLY
			PRIMARY,    REPLICA, NONE,   REPOSITORY_READ, READ_ONLY
			PRIMARY,    REPLICA, SAFE,   REPOSITORY_READ, READ_ONLY
			PRIMARY,    REPLICA, UNSAFE, REPOSITORY_READ, READ_ONLY
			REPLICA,    PRIMARY, NONE,   READ_ONLY,       READ_ONLY
			REPLICA,    PRIMARY, SAFE,   READ_ONLY,       READ_ONLY
			REPLICA,    PRIMARY, UNSAFE, UNSAFE_REQUEST,  UNSAFE_REQUEST
			BY_REQUEST, PRIMARY, UNSAFE, REPOSITORY_READ, UNSAFE_REQUEST
			""")
	void intentFollowsTheTransactionAndTheRequest(RepositoryReads repositoryReads, UnsafeRequests unsafeRequests,
			RequestSafety request, Intent ofRepository, Intent ofApplication) throws Throwable {
		ReadIntentResolver intents = new ReadIntentResolver(repositoryReads, unsafeRequests, () -> request);
		assertThat(intents.runRepositoryRead(intents::get)).isEqualTo(ofRepository);
		assertThat(intents.get()).isEqualTo(ofApplication);
	}

	@Test
	void failedOrNestedCallLeavesNoState() throws Throwable {
		ReadIntentResolver intents = new ReadIntentResolver(RepositoryReads.PRIMARY, UnsafeRequests.REPLICA,
				() -> RequestSafety.NONE);
		assertThatIllegalStateException().isThrownBy(() -> intents.runRepositoryRead(() -> {
			throw new IllegalStateException("no such row");
		}));
		assertThat(intents.get()).isEqualTo(Intent.READ_ONLY);
		intents.runRepositoryRead(() -> {
			intents.runRepositoryRead(() -> null);
			assertThat(intents.get()).as("after the inner call").isEqualTo(Intent.REPOSITORY_READ);
			return null;
		});
		assertThat(intents.get()).isEqualTo(Intent.READ_ONLY);
	}

}
