package com.foobar.routing.readonly;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatementClassifierTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "  select n from note where id = ? ;", "(SELECT 1) UNION ALL (SELECT 2)",
			"select count(*), max(n1_0.id) from note n1_0 where n1_0.text in (?,?,?)",
			"select n1_0.id,lower(n1_0.text) from note n1_0 where n1_0.text like ? escape '\\\\' limit ?,?",
			"select coalesce(cast(n1_0.id as char(10)), concat('for update; f(', ?, '')) from note n1_0",
			"select extract(year from n.at), trim(both ' ' from n.text), timestampdiff(second, n.at, now(6)) from n",
			"select row_number() over (partition by a order by b), group_concat(distinct t order by t separator ',') from n",
			"select id from notice where match(title, body) against(? in boolean mode) and not (a or b)",
			"with recursive tree(id, parent) as (select id, parent from n) select * from tree where exists (select 1)",
			"/* criteria query */ select d.a from (select 1) as d(a) where d.a between (1) and (2)",
			"select `update`, \"procedure\", `get_lock` from `lock` -- for update\n where a = 'it''s' # f()\n",
			"select /*+ MAX_EXECUTION_TIME(1000) */ n from t use index (a) where a - - 1 = b --1",
			"select now() , date_format(a, '%Y'), if(a, b, c), left(a, 1), replace(a, 'x', 'y') from t",
			"select {fn now()}, {ts '2026-01-01 00:00:00'}", "SHOW TABLES",
			"SELECT @@server_id, @@session.tx_read_only", "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)",
			"SELECT MASTER_GTID_WAIT(?, ?)", "SAVEPOINT a", "ROLLBACK TO SAVEPOINT a", "RELEASE SAVEPOINT a" })
	void writesNothing(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.PLAIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";", "SELECT f()", "select F ( 1 )", "SELECT f(/* */)", "SELECT other.f()",
			"SELECT other.lower('a')", "SELECT `f`()", "SELECT `lower`('a')", "SELECT \"f\"()", "SELECT f/**/()",
			"SELECT lower ('a')", "SELECT (f())", "SELECT 1 FROM t WHERE id IN (SELECT f())", "SELECT @x := f()",
			"SELECT 1 AS a, f(1)", "SELECT lo\u212Ate('a', b)", "WITH c AS (SELECT f() AS x) SELECT * FROM c",
			"CALL p()", "{call p()}", "{? = call f()}", "DO f()", "SET @x = f()", "SELECT n INTO @n FROM t",
			"SELECT 1; SELECT 2", "SELECT 1; INSERT INTO t VALUES (1)", "PREPARE s FROM 'INSERT INTO t VALUES (1)'",
			"EXECUTE s", "EXECUTE IMMEDIATE 'INSERT INTO t VALUES (1)'", "EXPLAIN SELECT f()",
			"EXPLAIN ANALYZE SELECT f()", "ANALYZE SELECT f()", "SELECT n FROM t FOR UPDATE",
			"SELECT n FROM t FOR\n SHARE", "SELECT n FROM t LOCK IN SHARE MODE",
			"SELECT n FROM t FOR/**/UPDATE SKIP LOCKED", "SELECT NEXTVAL(s)", "SELECT NEXT VALUE FOR s",
			"SELECT s.nextval", "/*! SELECT f() */", "/*!50000 SELECT f() */", "SELECT /*M!100100 f() */ 1",
			"SELECT 1 /*! , f() */", "SELECT 'a\\' , f()", "SELECT 'a\\', f(), '", "SELECT 'not ended, f()",
			"SELECT 1 /* not ended", "SELECT 1 --f()\n, f()", "VALUES ROW(f())", "TABLE t", "HANDLER t OPEN",
			"CHECK TABLE t", "INSERT INTO t VALUES (1)", "UPDATE t SET n = 1", "WITH c AS (SELECT 1) DELETE FROM t",
			"BEGIN NOT ATOMIC CALL p(); END", "START TRANSACTION", "SET STATEMENT max_statement_time=1 FOR SELECT f()",
			"SELECT 1 FROM t PROCEDURE f()", "SELECT against(1)", "SELECT 1\u0000" })
	void mayWrite(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT GET_LOCK('a', 0)", "select get_lock ('a', 0)", "DO RELEASE_LOCK('a')",
			"SELECT 1 FROM t WHERE is_free_lock(n) = 1", "SELECT f(), IS_USED_LOCK('a')", "SELECT RELEASE_ALL_LOCKS()",
			"SELECT 1 /*! , GET_LOCK('a', 0) */", "SELECT 'a\\'', GET_LOCK('a', 0)" })
	void namedLock(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.NAMED_LOCK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOCK TABLES t WRITE", "lock table t read", "/* a */ LOCK TABLES t READ",
			"SELECT 1; LOCK TABLES t WRITE", "LOCK INSTANCE FOR BACKUP" })
	void tableLock(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.TABLE_LOCK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT n INTO OUTFILE '/tmp/a' FROM t", "SELECT n FROM t INTO /**/ DUMPFILE '/tmp/a'" })
	void file(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.FILE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET SESSION TRANSACTION READ WRITE", "START TRANSACTION READ WRITE",
			"START TRANSACTION WITH CONSISTENT SNAPSHOT, read\twrite", "SET @@session.transaction_read_only = 0",
			"SELECT 1; SET tx_read_only = OFF; INSERT INTO t VALUES (1)",
			"SET STATEMENT tx_read_only=0 FOR SELECT f()" })
	void accessMode(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.ACCESS_MODE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ANALYZE TABLE t", "analyze no_write_to_binlog table t" })
	void tableStatistics(String sql) {
		assertThat(StatementClassifier.classify(sql)).isEqualTo(StatementKind.TABLE_STATISTICS);
	}

	@Test
	void cacheOfPreparedStatementsIsBounded() {
		StatementKindCache kinds = new StatementKindCache();
		for (int i = 0; i < 5000; i++) {
			assertThat(kinds.of("SELECT " + i)).isEqualTo(StatementKind.PLAIN);
			assertThat(kinds.of("SELECT " + i)).isEqualTo(StatementKind.PLAIN);
			assertThat(kinds.size()).isBetween(1, 1024);
		}
		int before = kinds.size();
		assertThat(kinds.of("SELECT f(), '" + "a".repeat(5000) + "'")).isEqualTo(StatementKind.UNKNOWN);
		assertThat(kinds.size()).isEqualTo(before);
	}

}
