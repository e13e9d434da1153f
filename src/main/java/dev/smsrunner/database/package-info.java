/**
 * The database connection of a run. In: a data directory or a PostgreSQL address. Out: checked connections to a database with
 * the current schema. It guards the embedded file and its directory, shares an open file with other processes, and retries
 * while the database is unreachable.
 */
@NullMarked
package dev.smsrunner.database;

import org.jspecify.annotations.NullMarked;
