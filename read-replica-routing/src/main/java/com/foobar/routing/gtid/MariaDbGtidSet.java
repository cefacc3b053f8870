package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MariaDB position: in each replication domain one transaction, and with it all before
 * it.
 *
 * @param domains the newest transaction by domain
 */
record MariaDbGtidSet(Map<Long, Position> domains) implements GtidSet {

	private static final int LONGEST = 8;

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
				throw new IllegalArgumentException("'" + part + "' is no MariaDB GTID such as 0-1-42");
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

	/** Servers may change within a domain; its numbers rise all the same. */
	private boolean has(Long domain, Position position) {
		Position own = this.domains.get(domain);
		return own != null && own.sequence >= position.sequence;
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
	public GtidSet shorten() {
		if (this.domains.size() <= LONGEST) {
			return this;
		}
		return new MariaDbGtidSet(this.domains.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.limit(LONGEST)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	@Override
	public String waitQuery(Duration patience) {
		return WaitQuery.of("MASTER_GTID_WAIT", this, patience);
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
	 * @param server the server it began on
	 * @param sequence its number in the domain
	 */
	record Position(long server, long sequence) {

	}

}
