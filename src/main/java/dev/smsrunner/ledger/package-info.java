/**
 * The database record of each server. In: decisions and results of the stages. Out: open rows, reports and status. The only
 * package with SQL on these tables. Every write carries the token of its lease.
 */
@NullMarked
package dev.smsrunner.ledger;

import org.jspecify.annotations.NullMarked;
