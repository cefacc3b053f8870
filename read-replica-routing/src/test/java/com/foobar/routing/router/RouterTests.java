package com.foobar.routing.router;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.RequiredGtids;
import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouterTests {

	private static final DatabaseNode PRIMARY = new DatabaseNode("p", Role.PRIMARY);

	private static final DatabaseNode FIRST = new DatabaseNode("r1", Role.REPLICA);

	private static final DatabaseNode SECOND = new DatabaseNode("r2", Role.REPLICA);

	private static final NodeStatus GOOD = new Eligible(Duration.ZERO);

	private static final NodeStatus STOPPED = new Ineligible(Cause.REPLICATION_STOPPED, "replication stopped");

	private static final NodeStatus DOWN = new Ineligible(Cause.UNREACHABLE, "unreachable: refused");

	private final Router router = new Router(new RoundRobinSelector(), true);

	@Test
	void readsUseEligibleReplicasRoundRobin() {
		TopologySnapshot snapshot = snapshot(GOOD, GOOD, GOOD);
		assertThat(List.of(node(read(snapshot)), node(read(snapshot)), node(read(snapshot)), node(read(snapshot))))
			.containsExactly(FIRST, SECOND, FIRST, SECOND);
	}

	@Test
	void readsNeverUseAnIneligibleReplica() {
		TopologySnapshot snapshot = snapshot(GOOD, STOPPED, GOOD);
		for (int i = 0; i < 10; i++) {
			assertThat(read(snapshot)).isEqualTo(to(SECOND, Reason.READ_ONLY));
		}
	}

	@ParameterizedTest
	@CsvSource({ "REPOSITORY_READ, REPOSITORY_READ", "UNSAFE_REQUEST, UNSAFE_REQUEST" })
	void readsThatMayBeWrittenBackUsePrimaryOnly(Intent intent, Reason reason) {
		assertThat(route(intent, snapshot(GOOD, GOOD, GOOD))).isEqualTo(to(PRIMARY, reason));
		assertThat(route(intent, snapshot(GOOD, DOWN, DOWN))).isEqualTo(to(PRIMARY, reason));
		assertThat(route(intent, snapshot(DOWN, GOOD, GOOD))).isInstanceOf(Route.Unroutable.class);
		NodeStatus former = new Ineligible(Cause.NO_PRIMARY, "read-only");
		assertThat(route(intent, snapshot(former, GOOD, GOOD))).isInstanceOf(Route.Unroutable.class);
	}

	private Route route(Intent intent, TopologySnapshot snapshot) {
		return this.router.route(intent, snapshot, Set.of(), RequiredGtids.NONE);
	}

	@Test
	void readsSkipAReplicaThatJustFailed() {
		Route route = this.router.route(Intent.READ_ONLY, snapshot(GOOD, GOOD, GOOD), Set.of(FIRST),
				RequiredGtids.NONE);
		assertThat(route).isEqualTo(to(SECOND, Reason.READ_ONLY));
	}

	@Test
	void readsGoToPrimaryWhenNoReplicaIsEligible() {
		assertThat(read(snapshot(GOOD, STOPPED, DOWN))).isEqualTo(to(PRIMARY, Reason.NO_ELIGIBLE_REPLICA));
	}

	@Test
	void readsGoToAReadOnlyPrimaryWhenNoReplicaIsEligible() {
		NodeStatus readOnly = new Ineligible(Cause.READ_ONLY, "read-only");
		assertThat(read(snapshot(readOnly, STOPPED, DOWN))).isEqualTo(to(PRIMARY, Reason.NO_ELIGIBLE_REPLICA));
	}

	@Test
	void readsFailWhenThePrimaryMustNotServeThem() {
		Router strict = new Router(new RoundRobinSelector(), false);
		Route route = strict.route(Intent.READ_ONLY, snapshot(GOOD, STOPPED, DOWN), Set.of(), RequiredGtids.NONE);
		assertThat(((Route.Unroutable) route).message()).contains("r1 (replication stopped)")
			.contains("r2 (unreachable: refused)")
			.contains("read-replica-routing.fallback=primary");
	}

	@Test
	void readsFailWhenAllServersAreDownAndTheMessageNamesAll() {
		assertThat(((Route.Unroutable) read(snapshot(DOWN, STOPPED, DOWN))).message())
			.contains("r1 (replication stopped)")
			.contains("r2 (unreachable: refused)")
			.contains("p (unreachable: refused)");
	}

	@Test
	void writesGoToPrimary() {
		TopologySnapshot snapshot = snapshot(GOOD, GOOD, GOOD);
		assertThat(this.router.route(Intent.READ_WRITE, snapshot, Set.of(), RequiredGtids.NONE))
			.isEqualTo(to(PRIMARY, Reason.READ_WRITE));
		assertThat(this.router.route(Intent.AUTO_COMMIT, snapshot, Set.of(), RequiredGtids.NONE))
			.isEqualTo(to(PRIMARY, Reason.AUTO_COMMIT));
	}

	@Test
	void writesFailImmediatelyWhenPrimaryIsUnreachable() {
		Route route = this.router.route(Intent.READ_WRITE, snapshot(DOWN, GOOD, GOOD), Set.of(), RequiredGtids.NONE);
		assertThat(((Route.Unroutable) route).message()).contains("needs the primary p (unreachable: refused)");
	}

	@Test
	void writesAreTriedWhenThePrimaryIsUnknownOrNotObservable() {
		for (Cause cause : List.of(Cause.UNKNOWN, Cause.NOT_OBSERVABLE, Cause.READ_ONLY)) {
			Route route = this.router.route(Intent.READ_WRITE, snapshot(new Ineligible(cause, "?"), GOOD, GOOD),
					Set.of(), RequiredGtids.NONE);
			assertThat(route).as(cause.name()).isEqualTo(to(PRIMARY, Reason.READ_WRITE));
		}
	}

	@Test
	void snapshotReportsPossibleOperations() {
		assertThat(snapshot(DOWN, GOOD, DOWN)).satisfies((snapshot) -> {
			assertThat(snapshot.canRead()).isTrue();
			assertThat(snapshot.canWrite()).isFalse();
		});
		assertThat(snapshot(GOOD, DOWN, DOWN).canRead()).isTrue();
		assertThat(snapshot(DOWN, STOPPED, DOWN).canRead()).isFalse();
		assertThat(snapshot(new Ineligible(Cause.READ_ONLY, "read-only"), DOWN, DOWN)).satisfies((snapshot) -> {
			assertThat(snapshot.canRead()).isTrue();
			assertThat(snapshot.canWrite()).isFalse();
		});
	}

	@Test
	void dependentReadsUseAReplicaKnownToHaveTheirGtids() {
		for (int i = 0; i < 4; i++) {
			assertThat(read(snapshot(GOOD, "7", "8"), "8")).isEqualTo(to(SECOND, Reason.READ_ONLY));
		}
	}

	@Test
	void dependentReadsWaitForAReplicaThatMaySoonHaveTheirGtids() {
		Route.Selected route = (Route.Selected) read(snapshot(GOOD, "7", "7"), "8");
		assertThat(route.decision().reason()).isEqualTo(Reason.CAUGHT_UP);
		assertThat(route.required().transactions()).isEqualTo(GtidSet.parse("0-1-8"));
	}

	@Test
	void dependentReadsDoNotWaitForAReplicaThatIsTooFarBehind() {
		NodeStatus behind = new Eligible(Duration.ofSeconds(3));
		assertThat(read(snapshot(GOOD, behind, behind), "8")).isEqualTo(to(PRIMARY, Reason.NOT_CAUGHT_UP));
	}

	@Test
	void dependentReadsUseThePrimaryAfterTheirWaitWhateverTheFallback() {
		RequiredGtids waited = new RequiredGtids(GtidSet.parse("0-1-8"), Duration.ZERO);
		Router strict = new Router(new RoundRobinSelector(), false);
		assertThat(strict.route(Intent.READ_ONLY, snapshot(GOOD, "7", "7"), Set.of(), waited))
			.isEqualTo(to(PRIMARY, Reason.NOT_CAUGHT_UP));
	}

	@Test
	void dependentReadsFailRatherThanMissWritesWhenThePrimaryIsDown() {
		RequiredGtids waited = new RequiredGtids(GtidSet.parse("0-1-8"), Duration.ZERO);
		Route route = this.router.route(Intent.READ_ONLY, snapshot(DOWN, "7", "7"), Set.of(), waited);
		assertThat(((Route.Unroutable) route).message()).contains("depends on writes which no replica has yet");
	}

	@Test
	void dependentReadsUseAnUnconfirmedPrimaryOnlyIfItHasTheirGtids() {
		RequiredGtids waited = new RequiredGtids(GtidSet.parse("0-1-8"), Duration.ZERO);
		NodeStatus former = new Ineligible(Cause.NO_PRIMARY, "no longer the primary");
		for (NodeStatus replica : List.of(GOOD, STOPPED)) {
			TopologySnapshot behind = new TopologySnapshot(new NodeState(PRIMARY, former, GtidSet.parse("0-1-7")),
					List.of(new NodeState(FIRST, replica)));
			assertThat(this.router.route(Intent.READ_ONLY, behind, Set.of(), waited))
				.isInstanceOf(Route.Unroutable.class);
			TopologySnapshot holding = new TopologySnapshot(new NodeState(PRIMARY, former, GtidSet.parse("0-1-8")),
					List.of(new NodeState(FIRST, replica)));
			assertThat(
					((Route.Selected) this.router.route(Intent.READ_ONLY, holding, Set.of(), waited)).decision().node())
				.isEqualTo(PRIMARY);
		}
	}

	private Route read(TopologySnapshot snapshot, String sequence) {
		return this.router.route(Intent.READ_ONLY, snapshot, Set.of(),
				new RequiredGtids(GtidSet.parse("0-1-" + sequence), Duration.ofSeconds(1)));
	}

	private static TopologySnapshot snapshot(NodeStatus primary, String first, String second) {
		return new TopologySnapshot(new NodeState(PRIMARY, primary),
				List.of(new NodeState(FIRST, GOOD, GtidSet.parse("0-1-" + first)),
						new NodeState(SECOND, GOOD, GtidSet.parse("0-1-" + second))));
	}

	private Route read(TopologySnapshot snapshot) {
		return this.router.route(Intent.READ_ONLY, snapshot, Set.of(), RequiredGtids.NONE);
	}

	private static DatabaseNode node(Route route) {
		return ((Route.Selected) route).decision().node();
	}

	private static Route to(DatabaseNode node, Reason reason) {
		return new Route.Selected(new RoutingDecision(node, reason));
	}

	private static TopologySnapshot snapshot(NodeStatus primary, NodeStatus first, NodeStatus second) {
		return new TopologySnapshot(new NodeState(PRIMARY, primary),
				List.of(new NodeState(FIRST, first), new NodeState(SECOND, second)));
	}

}
