package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MariaDB position: one transaction in each replication domain, which implies all
 * earlier ones of the domain.
 *
 * @param domains the newest transaction by domain
 */
record MariaDbGtidSet(Map<Long, Position> domains) implements GtidSet {

	/** A domain takes at most 42 characters, including the comma. */
	private static final int LONGEST = MAX_LENGTH / 42;

	private static final Pattern GTID = Pattern.compile("(\\d{1,10})-(\\d{1,10})-(\\d{1,19})");

	MariaDbGtidSet {
		domains = Map.copyOf(domains);
	}

	static boolean looksLike(String text) {
		return GTID.matcher(text.strip().split(",", 2)[0].strip()).matches();
	}

	static MariaDbGtidSet parse(String text) {
		Map<Long, Position> domains = new HashMap<>();
		for (String part : text.split(",", -1)) {
			Matcher matcher = GTID.matcher(part.strip());
			if (!matcher.matches()) {
				throw new IllegalArgumentException("'" + part + "' is not a MariaDB GTID such as 0-1-42");
			}
			Position position = new Position(number(matcher.group(2)), number(matcher.group(3)));
			if (domains.put(number(matcher.group(1)), position) != null) {
				throw new IllegalArgumentException("'" + part + "' names its domain a second time");
			}
		}
		return new MariaDbGtidSet(domains);
	}

	private static long number(String digits) {
		try {
			return Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(digits + " is too large for a GTID", ex);
		}
	}

	@Override
	public boolean isEmpty() {
		return this.domains.isEmpty();
	}

	@Override
	public boolean contains(GtidSet other) {
		if (other.isEmpty()) {
			return true;
		}
		if (!(other instanceof MariaDbGtidSet set)) {
			return false;
		}
		return set.domains.entrySet().stream().allMatch((entry) -> has(entry.getKey(), entry.getValue()));
	}

	/** The server may change within a domain, while its sequence numbers keep rising. */
	private boolean has(Long domain, Position position) {
		Position own = this.domains.get(domain);
		return own != null && own.sequence >= position.sequence;
	}

	@Override
	public boolean reaches(GtidSet other) {
		if (!(other instanceof MariaDbGtidSet set)) {
			return true;
		}
		return set.domains.entrySet()
			.stream()
			.allMatch((entry) -> !this.domains.containsKey(entry.getKey()) || has(entry.getKey(), entry.getValue()));
	}

	@Override
	public GtidSet plus(GtidSet other) {
		if (other.isEmpty()) {
			return this;
		}
		if (!(other instanceof MariaDbGtidSet set)) {
			return other;
		}
		Map<Long, Position> all = new HashMap<>(this.domains);
		set.domains.forEach((domain, position) -> all.merge(domain, position,
				(own, theirs) -> (own.sequence > theirs.sequence) ? own : theirs));
		return new MariaDbGtidSet(all);
	}

	@Override
	public GtidSet settledBy(GtidSet commit) {
		if (!(commit instanceof MariaDbGtidSet set)) {
			return this;
		}
		Map<Long, Position> open = new HashMap<>(this.domains);
		open.keySet().removeAll(set.domains.keySet());
		return open.isEmpty() ? NONE : new MariaDbGtidSet(open);
	}

	@Override
	public GtidSet retain(GtidSet other) {
		if (!(other instanceof MariaDbGtidSet set)) {
			return NONE;
		}
		Map<Long, Position> both = new HashMap<>(this.domains);
		both.entrySet().removeIf((entry) -> !set.has(entry.getKey(), entry.getValue()));
		return new MariaDbGtidSet(both);
	}

	@Override
	public GtidSet minus(GtidSet other) {
		if (!(other instanceof MariaDbGtidSet set)) {
			return this;
		}
		Map<Long, Position> rest = new HashMap<>(this.domains);
		rest.entrySet().removeIf((entry) -> set.has(entry.getKey(), entry.getValue()));
		return rest.isEmpty() ? NONE : new MariaDbGtidSet(rest);
	}

	@Override
	public GtidSet upTo(GtidSet executed) {
		return without(this, executed);
	}

	@Override
	public GtidSet without(GtidSet errant, GtidSet executed) {
		if (!(errant instanceof MariaDbGtidSet beyond)) {
			return this;
		}
		Map<Long, Position> primary = (executed instanceof MariaDbGtidSet set) ? set.domains : Map.of();
		Map<Long, Position> rest = new HashMap<>();
		this.domains.forEach((domain, position) -> {
			Position last = primary.get(domain);
			boolean held = last != null && last.sequence >= position.sequence;
			if (held || !beyond.has(domain, position)) {
				rest.put(domain, position);
			}
			else if (last != null) {
				rest.put(domain, last);
			}
		});
		return rest.isEmpty() ? NONE : new MariaDbGtidSet(rest);
	}

	@Override
	public GtidSet shorten(GtidSet needed, Supplier<GtidSet> dispensable) {
		if (this.domains.size() <= LONGEST) {
			return this;
		}
		Map<Long, Position> rest = new HashMap<>(this.domains);
		if (dispensable.get() instanceof MariaDbGtidSet set) {
			rest.entrySet().removeIf((entry) -> set.has(entry.getKey(), entry.getValue()));
		}
		Set<Long> first = (needed instanceof MariaDbGtidSet set) ? set.domains.keySet() : Set.of();
		return new MariaDbGtidSet(rest.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<Long, Position> entry) -> first.contains(entry.getKey()) ? 0 : 1)
				.thenComparing(Map.Entry::getKey))
			.limit(LONGEST)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	@Override
	public String waitQuery(Duration timeout) {
		return WaitQuery.of("MASTER_GTID_WAIT", this, timeout);
	}

	@Override
	public String toString() {
		return new TreeMap<>(this.domains).entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "-" + entry.getValue().server + "-" + entry.getValue().sequence)
			.collect(Collectors.joining(","));
	}

	/**
	 * A transaction of a domain.
	 *
	 * @param server the server that committed it first
	 * @param sequence its number in the domain
	 */
	record Position(long server, long sequence) {

	}

}
