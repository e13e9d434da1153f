/**
 * The live page: static files, the data of a run as JSON, and a stream of its changes, all from the ledger. It records the
 * operator's requests, which the process that works on the run carries out. It never calls the cloud and uses no thread of the
 * run.
 */
@NullMarked
package dev.smsrunner.dashboard;

import org.jspecify.annotations.NullMarked;
