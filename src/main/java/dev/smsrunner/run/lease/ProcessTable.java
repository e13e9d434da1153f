package dev.smsrunner.run.lease;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;

/** Processes that are visible to this process. */
interface ProcessTable {

    /** This process, as recorded in a lease. */
    LeaseHolder holder();

    /** Whether the holder of the lease is a process of this machine and of this process id namespace. */
    boolean isHere(Lease lease);

    /** Liveness of the lease holder; UNKNOWN for every holder that is not {@linkplain #isHere here}. */
    Liveness liveness(Lease lease);
}
