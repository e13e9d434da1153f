/**
 * Execution of one run of one job. Input: job file and inventory. Output: the ledger of the run and the notifications of its
 * listener.
 */
@NullMarked
package dev.smsrunner.run;

import org.jspecify.annotations.NullMarked;
