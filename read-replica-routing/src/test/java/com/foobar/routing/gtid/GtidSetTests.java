package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GtidSetTests {

	private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					3e11fa47-71ca-11e1-9e33-c80aa9429562:5|3e11fa47-71ca-11e1-9e33-c80aa9429562:5
					3E11FA47-71CA-11E1-9E33-C80AA9429562:1-3:4-7:9|3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7:9
					3e11fa47-71ca-11e1-9e33-c80aa9429562:5:tag_1:7:3|3e11fa47-71ca-11e1-9e33-c80aa9429562:5,3e11fa47-71ca-11e1-9e33-c80aa9429562:tag_1:3:7
					0-1-42|0-1-42
					1-7-3, 0-1-42|0-1-42,1-7-3
					""")
	void parsesTheNotationsOfServersAndFormatsThemInOne(String text, String normal) {
		assertThat(GtidSet.parse(text)).hasToString(normal);
		assertThat(GtidSet.parse(normal)).isEqualTo(GtidSet.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "0-1", "0-1-", "0-1-2,", "0-1-2,0-1-3", "0-1-99999999999999999999",
			"3e11fa47-71ca-11e1-9e33-c80aa9429562", "3e11fa47-71ca-11e1-9e33-c80aa9429562:",
			"3e11fa47-71ca-11e1-9e33-c80aa9429562:0", "3e11fa47-71ca-11e1-9e33-c80aa9429562:5-3",
			"3e11fa47-71ca-11e1-9e33-c80aa9429562:tag", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1:9tag:2",
			"3e11fa47-71ca-11e1-9e33-c80aa9429562:1'); DROP TABLE x; --",
			"3e11fa47-71ca-11e1-9e33-c80aa9429562:1:a:b:2", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1,0-1-2" })
	void rejectsOtherNotations(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.parse(text));
	}

	@Test
	void emptySetIsPartOfEverySet() {
		assertThat(GtidSet.parse("").isEmpty()).isTrue();
		assertThat(GtidSet.parse("0-1-1").contains(GtidSet.NONE)).isTrue();
		assertThat(GtidSet.parse(A + ":1").contains(GtidSet.NONE)).isTrue();
		assertThat(GtidSet.NONE.contains(GtidSet.parse("0-1-1"))).isFalse();
		assertThat(GtidSet.NONE.plus(GtidSet.parse("0-1-1"))).hasToString("0-1-1");
	}

	@ParameterizedTest
	@CsvSource({ "0-1-5, 0-1-5, true", "0-1-5, 0-1-6, false", "0-1-5, 0-2-4, true", "0-1-5, 1-1-1, false",
			"0-1-5, 3e11fa47-71ca-11e1-9e33-c80aa9429562:1, false" })
	void mariaDbPositionContainsAllBeforeIt(String set, String other, boolean contained) {
		assertThat(GtidSet.parse(set).contains(GtidSet.parse(other))).isEqualTo(contained);
	}

	@Test
	void mariaDbPositionsAddUpInAnyOrder() {
		assertThat(GtidSet.parse("0-1-50,1-1-3").plus(GtidSet.parse("0-1-101"))).hasToString("0-1-101,1-1-3");
		assertThat(GtidSet.parse("0-1-101").plus(GtidSet.parse("0-1-50,1-1-3"))).hasToString("0-1-101,1-1-3");
	}

	@Test
	void mariaDbCommitSettlesUnverifiedTransactionsOfItsDomain() {
		assertThat(GtidSet.parse("0-1-5000,1-1-3").settledBy(GtidSet.parse("0-1-101"))).hasToString("1-1-3");
		assertThat(GtidSet.parse("0-1-5000").settledBy(GtidSet.NONE)).hasToString("0-1-5000");
	}

	@Test
	void mySqlCommitSettlesNothingElse() {
		assertThat(GtidSet.parse(A + ":1-5").settledBy(GtidSet.parse(A + ":7"))).hasToString(A + ":1-5");
	}

	@Test
	void mySqlSetsBehaveAsSetsOfNumbers() {
		Random random = new Random(42);
		for (int round = 0; round < 2000; round++) {
			Set<Integer> one = numbers(random);
			Set<Integer> two = numbers(random);
			GtidSet first = set(one);
			GtidSet second = set(two);
			assertThat(first.contains(second)).isEqualTo(one.containsAll(two));
			Set<Integer> both = new HashSet<>(one);
			both.addAll(two);
			assertThat(first.plus(second)).isEqualTo(set(both));
			both.clear();
			both.addAll(one);
			both.retainAll(two);
			assertThat(first.retain(second)).isEqualTo(set(both));
			assertThat(first.upTo(second)).isEqualTo(set(both));
			both.clear();
			both.addAll(one);
			both.removeAll(two);
			assertThat(first.minus(second)).isEqualTo(set(both));
			assertThat(first.without(second, GtidSet.NONE)).isEqualTo(set(both));
		}
	}

	@Test
	void sourcesAndTagsAreKeptApart() {
		GtidSet set = GtidSet.parse(A + ":1-5:tag:1-3," + B + ":7");
		assertThat(set.contains(GtidSet.parse(A + ":tag:3"))).isTrue();
		assertThat(set.contains(GtidSet.parse(A + ":tag:4"))).isFalse();
		assertThat(set.contains(GtidSet.parse(B + ":5"))).isFalse();
		assertThat(set.retain(GtidSet.parse(A + ":4-9," + B + ":tag:7"))).hasToString(A + ":4-5");
	}

	@Test
	void longSetKeepsItsNewestTransactions() {
		GtidSet set = GtidSet.NONE;
		for (int i = 1; i < 100; i++) {
			set = set.plus(GtidSet.parse(A + ":" + i * 2)).shorten(GtidSet.NONE, () -> GtidSet.NONE);
			assertThat(set.contains(GtidSet.parse(A + ":" + i * 2))).isTrue();
		}
		assertThat(set.toString()).hasSizeLessThan(100);
	}

	@Test
	void longSetDropsDispensableSourcesAndKeepsNeededOnes() {
		GtidSet former = GtidSet.NONE;
		for (int server = 10; server < 50; server++) {
			former = former.plus(GtidSet.parse("000000" + server + "-0000-0000-0000-000000000000:1-1000"));
		}
		GtidSet growing = GtidSet.parse(A + ":1-77");
		GtidSet own = GtidSet.parse(B + ":5:7");
		GtidSet held = former.plus(GtidSet.parse(A + ":1-76"));
		GtidSet all = former.plus(growing).plus(own);
		assertThat(all.shorten(own, () -> held)).isEqualTo(growing.plus(own));
		GtidSet unknown = all.shorten(own, () -> GtidSet.NONE);
		assertThat(unknown.toString()).hasSizeLessThanOrEqualTo(GtidSet.MAX_LENGTH);
		assertThat(unknown.contains(GtidSet.parse(B + ":7"))).isTrue();
		GtidSet few = GtidSet.parse(A + ":1-77").plus(own);
		assertThat(few.shorten(GtidSet.NONE, () -> few)).as("short enough").isEqualTo(few);
	}

	@Test
	void manyMariaDbDomainsAreShortenedTheSameWay() {
		GtidSet former = GtidSet.NONE;
		for (int domain = 1; domain <= 60; domain++) {
			former = former.plus(GtidSet.parse(domain + "-1-1000"));
		}
		GtidSet held = former;
		GtidSet own = GtidSet.parse("99-1-5");
		assertThat(former.plus(own).shorten(own, () -> held)).isEqualTo(own);
		GtidSet unknown = former.plus(own).shorten(own, () -> GtidSet.NONE);
		assertThat(unknown.toString()).hasSizeLessThanOrEqualTo(GtidSet.MAX_LENGTH);
		assertThat(unknown.contains(own)).isTrue();
	}

	@Test
	void mariaDbPositionIsReducedToThatOfTheServer() {
		GtidSet executed = GtidSet.parse("0-2-97,1-1-9");
		assertThat(GtidSet.parse("0-1-100,1-1-5,7-1-1").upTo(executed)).isEqualTo(GtidSet.parse("0-2-97,1-1-5"));
		assertThat(GtidSet.parse("7-1-1").upTo(executed)).isEqualTo(GtidSet.NONE);
		assertThat(GtidSet.parse("0-1-100,1-1-9").minus(executed)).isEqualTo(GtidSet.parse("0-1-100"));
		assertThat(GtidSet.parse("0-1-100,7-2-3").without(GtidSet.parse("7-2-3"), executed))
			.isEqualTo(GtidSet.parse("0-1-100"));
		assertThat(GtidSet.parse("0-1-100").without(GtidSet.parse("0-3-100"), executed))
			.isEqualTo(GtidSet.parse("0-2-97"));
	}

	@Test
	void waitQueryIsBounded() {
		assertThat(GtidSet.parse("0-1-5").waitQuery(Duration.ofMillis(500)))
			.isEqualTo("SELECT MASTER_GTID_WAIT('0-1-5', 0.5)");
		assertThat(GtidSet.parse(A + ":5").waitQuery(Duration.ofNanos(1)))
			.isEqualTo("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + A + ":5', 0.001)");
		assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.parse("0-1-5").waitQuery(Duration.ZERO));
	}

	private static Set<Integer> numbers(Random random) {
		Set<Integer> numbers = new HashSet<>();
		for (int i = random.nextInt(12); i > 0; i--) {
			numbers.add(1 + random.nextInt(15));
		}
		return numbers;
	}

	private static GtidSet set(Set<Integer> numbers) {
		GtidSet set = GtidSet.NONE;
		for (Integer number : numbers) {
			set = set.plus(GtidSet.parse(A + ":" + number));
		}
		return set;
	}

}
