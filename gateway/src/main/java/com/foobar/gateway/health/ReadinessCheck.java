package com.foobar.gateway.health;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.DatabaseReports.DatabaseReport;
import reactor.core.publisher.Mono;

/**
 * Is this backend ready? Completes within the check's timeout and never with an error.
 */
@FunctionalInterface
interface ReadinessCheck {

	Mono<Result> check(Backend backend);

	/**
	 * The result of one health check.
	 */
	sealed interface Result {

		/**
		 * The backend is ready.
		 *
		 * @param writes whether it reports that it can write
		 * @param databases its databases; empty if it reports none
		 */
		record Ready(boolean writes, List<DatabaseReport> databases) implements Result {

			Ready(boolean writes) {
				this(writes, List.of());
			}

		}

		/**
		 * The backend responded that it is not ready.
		 *
		 * @param reason its reason
		 */
		record NotReady(String reason) implements Result {
		}

		/**
		 * No response, or one that is not understood.
		 *
		 * @param error the cause
		 */
		record Failed(String error) implements Result {
		}

	}

}
