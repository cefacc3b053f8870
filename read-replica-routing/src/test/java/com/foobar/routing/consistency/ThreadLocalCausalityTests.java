package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ThreadLocalCausalityTests {

	private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private final ThreadLocalCausality causality = new ThreadLocalCausality(Consistency.READ_YOUR_WRITES);

	@Test
	void scopeRecordsOnlyItsOwnCommits() {
		try (Causality.Scope first = this.causality.open()) {
			this.causality.committed("0-1-5");
			try (Causality.Scope second = this.causality.open()) {
				assertThat(second.token()).isEqualTo(CausalityToken.NONE);
				assertThat(second.hasAdvanced()).isFalse();
			}
			assertThat(this.causality.current()).hasToString("0-1-5");
			assertThat(first.hasAdvanced()).isTrue();
		}
		assertThat(this.causality.current().isEmpty()).isTrue();
	}

	@Test
	void threadWithoutScopeRecordsItsOwnCommits() {
		this.causality.committed("0-1-5");
		assertThat(this.causality.current()).hasToString("0-1-5");
	}

	@Test
	void scopeStartsWithTheTokenOfItsSender() {
		try (Causality.Scope scope = this.causality.open(CausalityToken.parse("0-1-5"))) {
			assertThat(scope.token()).hasToString("0-1-5");
			assertThat(scope.hasAdvanced()).isFalse();
			this.causality.adopt(CausalityToken.parse("1-1-7"));
			assertThat(scope.token()).hasToString("0-1-5~1-1-7");
			assertThat(scope.hasAdvanced()).isTrue();
		}
	}

	@Test
	void wrappedTaskUsesTheScopeThatWrappedIt() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (Causality.Scope scope = this.causality.open(CausalityToken.parse("0-1-5"))) {
			Callable<CausalityToken> task = this.causality.wrap(this.causality::current);
			assertThat(executor.submit(task).get()).hasToString("0-1-5");
			executor.submit(this.causality.wrap(() -> this.causality.committed("0-1-6"))).get();
			assertThat(scope.token()).hasToString("0-1-6");
			Callable<CausalityToken> unwrapped = this.causality::current;
			assertThat(executor.submit(unwrapped).get()).isEqualTo(CausalityToken.NONE);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void tokenIsParsedFromItsText() {
		CausalityToken token = CausalityToken.parse(SOURCE + ":5:tag:1-3~4e11fa47-71ca-11e1-9e33-c80aa9429562:7");
		assertThat(CausalityToken.parse(token.toString())).isEqualTo(token).hasSameHashCodeAs(token);
		assertThat(token.toString()).matches("[-a-z0-9:~_]+");
		assertThat(CausalityToken.parse("")).isSameAs(CausalityToken.NONE);
	}

	@Test
	void foreignTokenIsBoundedAndParsedStrictly() {
		assertThatIllegalArgumentException().isThrownBy(() -> CausalityToken.parse("0-1-1~".repeat(500)));
		assertThatIllegalArgumentException().isThrownBy(() -> CausalityToken.parse("0-1-1,1-1-1"));
		assertThatIllegalArgumentException().isThrownBy(() -> CausalityToken.parse("0-1-1\r\nSet-Cookie: x=y"));
		assertThatIllegalArgumentException().isThrownBy(() -> CausalityToken.parse("\u0660-1-1"));
		StringBuilder many = new StringBuilder(SOURCE);
		for (int i = 1; i < 300; i += 2) {
			many.append(':').append(i);
		}
		assertThat(CausalityToken.parse(many.toString()).toString()).hasSizeLessThan(100);
	}

	@Test
	void forgedGtidsDoNotRemoveVerifiedOnes() {
		try (Causality.Scope scope = this.causality.open(CausalityToken.parse(SOURCE + ":5:999"))) {
			this.causality.committed(SOURCE + ":7");
			Dependencies dependencies = this.causality.dependencies();
			dependencies.verified(dependencies.unverified(),
					dependencies.unverified().retain(CausalityToken.parse(SOURCE + ":1-10").transactions()));
			assertThat(scope.token()).hasToString(SOURCE + ":5:7");
		}
	}

	@Test
	void workStartedFromThePrimaryDependsOnThePrimarysGtids() {
		ThreadLocalCausality causality = new ThreadLocalCausality(Consistency.READ_YOUR_WRITES);
		assertThatIllegalStateException().as("a primary that is silent").isThrownBy(causality::openAtPrimary);
		assertThat(causality.current().isEmpty()).as("nothing was begun").isTrue();
		TopologySnapshot snapshot = new TopologySnapshot(
				new NodeState(new DatabaseNode("p", Role.PRIMARY), new Eligible(Duration.ZERO)), List.of());
		causality.attach(() -> snapshot, () -> GtidSet.parse("0-1-7"));
		try (Causality.Scope scope = causality.openAtPrimary()) {
			assertThat(scope.token()).isEqualTo(CausalityToken.of(GtidSet.parse("0-1-7")));
			assertThat(causality.dependencies().unverified().isEmpty()).as("known, not claimed").isTrue();
		}
		assertThat(causality.current().isEmpty()).isTrue();
	}

	@Test
	void workStartedFromThePrimaryDependsOnNothingWhenEventual() {
		try (Causality.Scope scope = new ThreadLocalCausality(Consistency.EVENTUAL).openAtPrimary()) {
			assertThat(scope.token().isEmpty()).isTrue();
		}
	}

}
