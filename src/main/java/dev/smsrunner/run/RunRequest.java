package dev.smsrunner.run;

import dev.smsrunner.batch.RunInput;
import dev.smsrunner.run.lease.RunLease;

/** Request to execute a run under its lease. */
record RunRequest(RunLease lease, RunInput input) {}
