/**
 * Checks of a run what was promised of all runs. In: the tables of the ledger as they stand, the reports on disk, and, where
 * they are given, the audit of a simulated service and the service itself, which is only read. Out: each violation with its
 * evidence, and what could not be checked. It shares nothing with the code that decides and acts.
 */
@NullMarked
package dev.smsrunner.verify;

import org.jspecify.annotations.NullMarked;
