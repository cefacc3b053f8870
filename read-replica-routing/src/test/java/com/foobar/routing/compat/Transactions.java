package com.foobar.routing.compat;

import java.util.function.IntSupplier;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs work in each kind of transaction.
 */
class Transactions {

	@Transactional
	public int writing(IntSupplier work) {
		return work.getAsInt();
	}

	@Transactional(readOnly = true)
	public int reading(IntSupplier work) {
		return work.getAsInt();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public int writingAnew(IntSupplier work) {
		return work.getAsInt();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
	public int readingAnew(IntSupplier work) {
		return work.getAsInt();
	}

	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	public int outside(IntSupplier work) {
		return work.getAsInt();
	}

	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	public int readingIfAny(IntSupplier work) {
		return work.getAsInt();
	}

}
