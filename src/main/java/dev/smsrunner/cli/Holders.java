package dev.smsrunner.cli;

import dev.smsrunner.ledger.Lease;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells whether the process that holds a lease still lives, as far as that can be seen from here. */
final class Holders {

    private Holders() {}

    /** Not when the lease ran out, nor when it names a process of this machine that is gone. */
    static boolean alive(Lease lease) {
        return !lease.free() && !(ofThisHost(lease) && gone(lease.pid()));
    }

    private static boolean ofThisHost(Lease lease) {
        try {
            return InetAddress.getLocalHost().getHostName().equals(lease.host());
        } catch (UnknownHostException nameless) {
            return false;
        }
    }

    private static boolean gone(long pid) {
        return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }
}
