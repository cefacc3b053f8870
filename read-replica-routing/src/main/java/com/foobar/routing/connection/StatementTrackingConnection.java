package com.foobar.routing.connection;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.physical.DelegatingConnection;
import com.foobar.routing.statement.CallableStatementProxy;
import com.foobar.routing.statement.PreparedStatementProxy;
import com.foobar.routing.statement.StatementOwner;
import com.foobar.routing.statement.StatementProxy;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose statements lead back to it, and that knows which of them may still
 * be open, and so may still run.
 */
abstract class StatementTrackingConnection extends DelegatingConnection implements StatementOwner {

	private static final int STATEMENTS_TO_PRUNE = 32;

	/** Of the statements that may still run, the one made last. */
	private @Nullable StatementProxy<?> newest;

	/** Their number. */
	private int count;

	private int pruneAt = STATEMENTS_TO_PRUNE;

	/** Whether a statement made here may still run. */
	final boolean hasOpenStatement() throws SQLException {
		for (StatementProxy<?> statement = this.newest; statement != null; statement = statement.previous()) {
			if (!statement.isClosed()) {
				return true;
			}
		}
		forgetStatements();
		return false;
	}

	/** Declare that none of the statements made so far will run again. */
	final void forgetStatements() {
		this.newest = null;
		this.count = 0;
	}

	/**
	 * Declare that what follows belongs to another connection of the pools, without
	 * closing the statements made so far, which may still be read from.
	 * @return those statements, as the pool made them
	 */
	final List<Statement> abandonStatements() {
		List<Statement> abandoned = new ArrayList<>();
		for (StatementProxy<?> statement = this.newest; statement != null; statement = statement.previous()) {
			abandoned.add(statement.abandon());
		}
		forgetStatements();
		return abandoned;
	}

	/**
	 * Starts at the newest statement, since the one made last is usually closed first.
	 */
	@Override
	public final void onClosed(StatementProxy<?> statement) {
		StatementProxy<?> newer = null;
		StatementProxy<?> candidate = this.newest;
		while (candidate != null && candidate != statement) {
			newer = candidate;
			candidate = candidate.previous();
		}
		if (candidate != null) {
			unlink(candidate, newer);
		}
	}

	private void unlink(StatementProxy<?> statement, @Nullable StatementProxy<?> newer) {
		if (newer != null) {
			newer.setPrevious(statement.previous());
		}
		else {
			this.newest = statement.previous();
		}
		this.count--;
	}

	// The driver closes a statement by itself after closeOnCompletion().
	private void prune() throws SQLException {
		StatementProxy<?> newer = null;
		for (StatementProxy<?> statement = this.newest; statement != null; statement = statement.previous()) {
			if (statement.isClosed()) {
				unlink(statement, newer);
			}
			else {
				newer = statement;
			}
		}
		this.pruneAt = Math.max(STATEMENTS_TO_PRUNE, this.count * 2);
	}

	@Override
	public final Statement recreate(StatementProxy<?> statement, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		Statement made = super.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability);
		onClosed(statement);
		remember(statement);
		return made;
	}

	private Statement track(Statement statement) throws SQLException {
		return remember(StatementProxy.of(this, statement));
	}

	private PreparedStatement track(PreparedStatement statement) throws SQLException {
		return remember(new PreparedStatementProxy<>(this, statement));
	}

	private CallableStatement track(CallableStatement statement) throws SQLException {
		return remember(new CallableStatementProxy(this, statement)).call();
	}

	private <S extends StatementProxy<?>> S remember(S statement) throws SQLException {
		if (this.count >= this.pruneAt) {
			prune();
		}
		statement.setPrevious(this.newest);
		this.newest = statement;
		this.count++;
		return statement;
	}

	@Override
	public Statement createStatement() throws SQLException {
		return track(super.createStatement());
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
		return track(super.createStatement(resultSetType, resultSetConcurrency));
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
			throws SQLException {
		return track(super.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return track(super.prepareStatement(sql));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
			throws SQLException {
		return track(super.prepareStatement(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return track(super.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
		return track(super.prepareStatement(sql, autoGeneratedKeys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
		return track(super.prepareStatement(sql, columnIndexes));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
		return track(super.prepareStatement(sql, columnNames));
	}

	@Override
	public CallableStatement prepareCall(String sql) throws SQLException {
		return track(super.prepareCall(sql));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
		return track(super.prepareCall(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return track(super.prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

}
