/**
 * The live page: in comes what the ledger says of a run, out go the page itself, its data as JSON, a stream of what changes,
 * and what the person in front of it asks for, which is written down for the driver of the run to carry out. It never calls
 * the cloud, and nothing of it runs on a thread of the run.
 */
@NullMarked
package dev.smsrunner.dashboard;

import org.jspecify.annotations.NullMarked;
