/**
 * One run of one job: in come a job file and an inventory, out go the ledger of the run and what its listener is told on the
 * way.
 */
@NullMarked
package dev.smsrunner.run;

import org.jspecify.annotations.NullMarked;
