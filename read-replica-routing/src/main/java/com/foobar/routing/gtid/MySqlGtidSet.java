package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.foobar.routing.gtid.Intervals.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL GTID set: any transactions of each source. A source is a server, or a tag of a
 * server. Immutable.
 */
final class MySqlGtidSet implements GtidSet {

	static final MySqlGtidSet EMPTY = new MySqlGtidSet(Map.of());

	/** Maximum number of intervals of one source in a shortened set. */
	private static final int LONGEST = 8;

	/** Servers keep transaction numbers below 2^63. */
	private static final long LARGEST = Long.MAX_VALUE - 1;

	private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");

	private static final Pattern INTERVAL = Pattern.compile("\\d{1,19}(?:-\\d{1,19})?");

	/** The transactions by {@code uuid} or {@code uuid:tag}. */
	private final Map<String, Intervals> sources;

	/** For {@link #contains}, which each read calls for each replica. */
	private final List<Map.Entry<String, Intervals>> entries;

	MySqlGtidSet(Map<String, Intervals> sources) {
		this.sources = Map.copyOf(sources);
		this.entries = List.copyOf(this.sources.entrySet());
	}

	static MySqlGtidSet parse(String text) {
		Map<String, List<Interval>> sources = new HashMap<>();
		for (String source : text.split(",", -1)) {
			parseSource(source.strip().toLowerCase(Locale.ROOT), sources);
		}
		Map<String, Intervals> normal = new HashMap<>();
		sources.forEach((source, intervals) -> normal.put(source, Intervals.of(intervals)));
		return new MySqlGtidSet(normal);
	}

	/** {@code uuid:1-5:7:tag:1-3}: a tag applies to all intervals that follow it. */
	private static void parseSource(String text, Map<String, List<Interval>> sources) {
		String[] parts = text.split(":", -1);
		if (!UUID.matcher(parts[0]).matches()) {
			throw unreadable(text);
		}
		String source = parts[0];
		boolean complete = false;
		for (int i = 1; i < parts.length; i++) {
			String part = parts[i].strip();
			if (INTERVAL.matcher(part).matches()) {
				sources.computeIfAbsent(source, (name) -> new ArrayList<>()).add(interval(part));
				complete = true;
			}
			else if (TAG.matcher(part).matches() && (complete || i == 1)) {
				source = parts[0] + ":" + part;
				complete = false;
			}
			else {
				throw unreadable(text);
			}
		}
		if (!complete) {
			throw unreadable(text);
		}
	}

	private static Interval interval(String text) {
		int dash = text.indexOf('-');
		long first = number((dash < 0) ? text : text.substring(0, dash));
		long last = (dash < 0) ? first : number(text.substring(dash + 1));
		if (first < 1 || last < first) {
			throw unreadable(text);
		}
		return new Interval(first, last);
	}

	private static long number(String digits) {
		try {
			return Math.min(Long.parseLong(digits), LARGEST);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(digits + " is too large for a GTID", ex);
		}
	}

	private static IllegalArgumentException unreadable(String text) {
		return new IllegalArgumentException(
				"'" + text + "' is not a GTID set such as 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5");
	}

	@Override
	public boolean isEmpty() {
		return this.sources.isEmpty();
	}

	@Override
	public boolean contains(GtidSet other) {
		if (other.isEmpty()) {
			return true;
		}
		if (!(other instanceof MySqlGtidSet set)) {
			return false;
		}
		for (int i = 0; i < set.entries.size(); i++) {
			Map.Entry<String, Intervals> required = set.entries.get(i);
			Intervals own = this.sources.get(required.getKey());
			if (own == null || !own.contains(required.getValue())) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean reaches(GtidSet other) {
		if (!(other instanceof MySqlGtidSet set)) {
			return true;
		}
		return set.sources.entrySet().stream().allMatch((entry) -> {
			Intervals own = this.sources.get(entry.getKey());
			return own == null || own.last() >= entry.getValue().last();
		});
	}

	@Override
	public GtidSet plus(GtidSet other) {
		if (isEmpty() || other.isEmpty()) {
			return isEmpty() ? other : this;
		}
		if (!(other instanceof MySqlGtidSet set)) {
			return other;
		}
		Map<String, Intervals> all = new HashMap<>(this.sources);
		set.sources.forEach((source, intervals) -> all.merge(source, intervals, Intervals::plus));
		return new MySqlGtidSet(all);
	}

	@Override
	public GtidSet settledBy(GtidSet commit) {
		return this;
	}

	@Override
	public GtidSet retain(GtidSet other) {
		if (!(other instanceof MySqlGtidSet set)) {
			return NONE;
		}
		Map<String, Intervals> both = new HashMap<>();
		this.sources.forEach((source, intervals) -> {
			Intervals theirs = set.sources.get(source);
			Intervals common = (theirs != null) ? intervals.retain(theirs) : null;
			if (common != null && !common.list().isEmpty()) {
				both.put(source, common);
			}
		});
		return new MySqlGtidSet(both);
	}

	@Override
	public GtidSet minus(GtidSet other) {
		if (!(other instanceof MySqlGtidSet set) || isEmpty()) {
			return this;
		}
		Map<String, Intervals> rest = new HashMap<>(this.sources);
		set.sources.forEach((source, intervals) -> rest.computeIfPresent(source, (name, own) -> {
			Intervals left = own.minus(intervals);
			return left.list().isEmpty() ? null : left;
		}));
		return new MySqlGtidSet(rest);
	}

	@Override
	public GtidSet upTo(GtidSet executed) {
		return retain(executed);
	}

	@Override
	public GtidSet without(GtidSet errant, GtidSet executed) {
		return minus(errant);
	}

	@Override
	public GtidSet shorten(GtidSet needed, Supplier<GtidSet> dispensable) {
		if (this.sources.size() <= 1 && intervals() <= LONGEST) {
			return this;
		}
		MySqlGtidSet cut = (intervals() <= LONGEST) ? this : newest(LONGEST);
		if (cut.length() > MAX_LENGTH) {
			cut = cut.withoutSourcesOf(dispensable.get());
		}
		if (cut.length() > MAX_LENGTH) {
			cut = cut.newest(1);
		}
		return (cut.length() > MAX_LENGTH) ? cut.first(needed) : cut;
	}

	private int intervals() {
		int intervals = 0;
		for (Intervals source : this.sources.values()) {
			intervals += source.list().size();
		}
		return intervals;
	}

	private MySqlGtidSet newest(int each) {
		Map<String, Intervals> newest = new HashMap<>();
		this.sources.forEach((source, intervals) -> newest.put(source, intervals.newest(each)));
		return new MySqlGtidSet(newest);
	}

	private MySqlGtidSet withoutSourcesOf(GtidSet dispensable) {
		Map<String, Intervals> rest = new HashMap<>(this.sources);
		rest.entrySet()
			.removeIf((source) -> dispensable.contains(new MySqlGtidSet(Map.of(source.getKey(), source.getValue()))));
		return new MySqlGtidSet(rest);
	}

	/** As many sources as there is room for, starting with those that are needed. */
	private MySqlGtidSet first(GtidSet needed) {
		Set<String> firstOf = (needed instanceof MySqlGtidSet set) ? set.sources.keySet() : Set.of();
		Map<String, Intervals> first = new HashMap<>();
		int length = 0;
		for (Map.Entry<String, Intervals> source : this.sources.entrySet()
			.stream()
			.sorted(Comparator
				.comparing((Map.Entry<String, Intervals> entry) -> firstOf.contains(entry.getKey()) ? 0 : 1)
				.thenComparing(Map.Entry::getKey))
			.toList()) {
			length += length(source);
			if (length > MAX_LENGTH) {
				break;
			}
			first.put(source.getKey(), source.getValue());
		}
		return new MySqlGtidSet(first);
	}

	private int length() {
		int length = 0;
		for (Map.Entry<String, Intervals> source : this.sources.entrySet()) {
			length += length(source);
		}
		return length;
	}

	/** Length as text, including the comma. */
	private static int length(Map.Entry<String, Intervals> source) {
		int length = source.getKey().length() + 1;
		for (Interval interval : source.getValue().list()) {
			length += interval.toString().length() + 1;
		}
		return length;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MySqlGtidSet set && this.sources.equals(set.sources);
	}

	@Override
	public int hashCode() {
		return this.sources.hashCode();
	}

	@Override
	public String waitQuery(Duration timeout) {
		return WaitQuery.of("WAIT_FOR_EXECUTED_GTID_SET", this, timeout);
	}

	@Override
	public String toString() {
		return new TreeMap<>(this.sources).entrySet()
			.stream()
			.map((entry) -> entry.getKey()
					+ entry.getValue().list().stream().map((interval) -> ":" + interval).collect(Collectors.joining()))
			.collect(Collectors.joining(","));
	}

}
