package dev.smsrunner.run;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;

/** The processes that this one can see. */
interface ProcessTable {

    /** This process, as other processes find it in the lease. */
    LeaseHolder holder();

    /** Whether the holder of the lease is a process of this machine and of this space of process ids. */
    boolean isHere(Lease lease);

    /** Whether the holder of the lease runs; UNKNOWN for every holder that is not {@linkplain #isHere here}. */
    Liveness liveness(Lease lease);
}
