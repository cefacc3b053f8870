package com.foobar.routing.readonly;

import java.util.Set;

/**
 * The functions that a query may call without calling a stored function. MySQL 8.0 and
 * MariaDB 10.6 have all of them, so that such a name does not call a stored function
 * unless it is qualified or quoted. None writes, locks or waits.
 */
final class BuiltInFunctions {

	/** Reserved words that may stand before a parenthesis. */
	static final Set<String> RESERVED_WORDS = words("""
			all and as between binary by case char convert decimal default distinct div double else except exists float
			from having if in index insert intersect interval is join key left like limit match mod not numeric on or
			over partition real regexp repeat replace right rlike select straight_join then union using values
			varbinary varchar when where with xor
			""");

	/** In lower case. */
	static final Set<String> FUNCTIONS = words("""
			abs acos adddate addtime asin atan atan2 ascii avg bin bit_and bit_count bit_length bit_or bit_xor cast
			ceil ceiling char_length character_length charset coalesce coercibility collation concat concat_ws
			connection_id conv convert_tz cos cot count crc32 cume_dist curdate current_date current_time
			current_timestamp current_user curtime database date date_add date_format date_sub datediff day dayname
			dayofmonth dayofweek dayofyear degrees dense_rank elt exp export_set extract extractvalue field
			find_in_set first_value floor format found_rows from_base64 from_days from_unixtime get_format greatest
			group_concat hex hour ifnull inet6_aton inet6_ntoa inet_aton inet_ntoa instr isnull json_array
			json_array_append json_array_insert json_arrayagg json_contains json_contains_path json_depth json_extract
			json_insert json_keys json_length json_merge_patch json_merge_preserve json_object json_objectagg
			json_quote json_remove json_replace json_search json_set json_type json_unquote json_valid
			json_value lag last_day last_insert_id last_value lcase lead least length ln localtime localtimestamp locate
			log log10 log2 lower lpad ltrim make_set makedate maketime max md5 microsecond mid min minute month
			monthname now nth_value ntile nullif oct octet_length ord percent_rank period_add period_diff pi position
			pow power quarter quote radians rand rank regexp_instr regexp_replace regexp_substr reverse round row_count
			row_number rpad rtrim schema sec_to_time second session_user sha sha1 sha2 sign sin soundex space sqrt
			st_area st_asbinary st_astext st_aswkb st_aswkt st_buffer st_centroid st_contains st_convexhull st_crosses
			st_difference st_dimension st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals
			st_exteriorring st_geometryn st_geometrytype st_geomfromtext st_geomfromwkb st_intersection st_intersects
			st_isclosed st_isempty st_issimple st_length st_numgeometries st_numpoints st_overlaps st_pointfromtext
			st_pointn st_polygonfromtext st_srid st_startpoint st_symdifference st_touches st_union st_within st_x st_y
			std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr substring substring_index subtime sum
			sysdate system_user tan time time_format time_to_sec timediff timestamp timestampadd timestampdiff
			to_base64 to_days to_seconds trim truncate ucase unhex unix_timestamp updatexml upper user utc_date
			utc_time utc_timestamp uuid uuid_short var_pop var_samp variance version week weekday weekofyear
			weight_string year yearweek
			""");

	/**
	 * The functions by which this library waits for replicas, each of one kind of server
	 * only. They are plain, so that a wait costs one statement.
	 */
	private static final Set<String> WAITS = Set.of("wait_for_executed_gtid_set", "master_gtid_wait");

	/** Locks that one server holds for the session, and no other server has. */
	static final Set<String> NAMED_LOCKS = Set.of("get_lock", "release_lock", "release_all_locks", "is_free_lock",
			"is_used_lock");

	private BuiltInFunctions() {
	}

	static boolean isFunction(String name) {
		return FUNCTIONS.contains(name) || WAITS.contains(name);
	}

	private static Set<String> words(String text) {
		return Set.of(text.strip().split("\\s+"));
	}

}
