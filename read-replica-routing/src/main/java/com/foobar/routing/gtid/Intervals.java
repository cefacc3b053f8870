package com.foobar.routing.gtid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Transaction numbers of one source, as intervals that neither overlap nor touch, in
 * ascending order. Immutable.
 *
 * @param list the intervals
 */
record Intervals(List<Interval> list) {

	Intervals {
		list = List.copyOf(list);
	}

	/** Sort and merge intervals. */
	static Intervals of(List<Interval> any) {
		if (any.size() < 2) {
			return new Intervals(any);
		}
		Interval[] sorted = any.toArray(Interval[]::new);
		Arrays.sort(sorted, Comparator.comparingLong(Interval::first));
		List<Interval> merged = new ArrayList<>(sorted.length);
		Interval current = sorted[0];
		for (int i = 1; i < sorted.length; i++) {
			if (sorted[i].first <= current.last + 1) {
				current = new Interval(current.first, Math.max(current.last, sorted[i].last));
			}
			else {
				merged.add(current);
				current = sorted[i];
			}
		}
		merged.add(current);
		return new Intervals(merged);
	}

	Intervals plus(Intervals other) {
		List<Interval> all = new ArrayList<>(this.list);
		all.addAll(other.list);
		return of(all);
	}

	boolean contains(Intervals other) {
		int own = 0;
		for (Interval wanted : other.list) {
			while (own < this.list.size() && this.list.get(own).last < wanted.last) {
				own++;
			}
			if (own == this.list.size() || this.list.get(own).first > wanted.first) {
				return false;
			}
		}
		return true;
	}

	Intervals retain(Intervals other) {
		List<Interval> both = new ArrayList<>();
		int i = 0;
		int j = 0;
		while (i < this.list.size() && j < other.list.size()) {
			Interval one = this.list.get(i);
			Interval two = other.list.get(j);
			long first = Math.max(one.first, two.first);
			long last = Math.min(one.last, two.last);
			if (first <= last) {
				both.add(new Interval(first, last));
			}
			if (one.last < two.last) {
				i++;
			}
			else {
				j++;
			}
		}
		return new Intervals(both);
	}

	Intervals minus(Intervals other) {
		List<Interval> rest = new ArrayList<>();
		int next = 0;
		for (Interval interval : this.list) {
			long first = interval.first;
			while (next < other.list.size() && other.list.get(next).last < first) {
				next++;
			}
			for (int i = next; i < other.list.size() && other.list.get(i).first <= interval.last; i++) {
				if (other.list.get(i).first > first) {
					rest.add(new Interval(first, other.list.get(i).first - 1));
				}
				first = other.list.get(i).last + 1;
			}
			if (first <= interval.last) {
				rest.add(new Interval(first, interval.last));
			}
		}
		return new Intervals(rest);
	}

	/** The newest transaction, zero if there is none. */
	long last() {
		return this.list.isEmpty() ? 0 : this.list.get(this.list.size() - 1).last;
	}

	Intervals newest(int count) {
		int size = this.list.size();
		return (size <= count) ? this : new Intervals(this.list.subList(size - count, size));
	}

	/**
	 * Consecutive transactions.
	 *
	 * @param first the first of them, 1 or more
	 * @param last the last of them
	 */
	record Interval(long first, long last) {

		@Override
		public String toString() {
			return (this.first == this.last) ? Long.toString(this.first) : this.first + "-" + this.last;
		}

	}

}
