/**
 * The truth about each server, kept in the database: in come the decisions and answers of the stages, out go the rows that
 * are still open, the reports and the status. The only package with SQL on these tables; every write carries the token of
 * the lease under which it is made.
 */
@NullMarked
package dev.smsrunner.ledger;

import org.jspecify.annotations.NullMarked;
