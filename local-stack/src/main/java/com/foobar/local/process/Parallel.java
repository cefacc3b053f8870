package com.foobar.local.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs actions at the same time and waits for all of them.
 */
public final class Parallel {

	private Parallel() {
	}

	/**
	 * Runs all actions. If one fails, or this thread is interrupted, the others are
	 * interrupted and waited for.
	 * @throws RuntimeException the first failure of an action
	 */
	public static void run(List<Runnable> actions) {
		ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, actions.size()));
		List<CompletableFuture<Void>> futures = new ArrayList<>();
		try {
			CompletableFuture<Void> failure = new CompletableFuture<>();
			for (Runnable action : actions) {
				futures.add(CompletableFuture.runAsync(action, executor).whenComplete((result, ex) -> {
					if (ex != null) {
						failure.completeExceptionally(ex);
					}
				}));
			}
			CompletableFuture.anyOf(failure, CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))).get();
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted", ex);
		}
		finally {
			executor.shutdownNow();
			futures.forEach((future) -> future.exceptionally((ex) -> null).join());
		}
	}

	private static RuntimeException unwrap(Throwable failure) {
		Throwable root = failure;
		while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
			root = root.getCause();
		}
		return (root instanceof RuntimeException runtime) ? runtime : new StackException(String.valueOf(root), root);
	}

}
