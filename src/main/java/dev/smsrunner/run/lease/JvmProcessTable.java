package dev.smsrunner.run.lease;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LeaseHolder;

/** Process table of a system without {@code /proc}, based on the JVM's process API. Never returns {@link Liveness#GONE}. */
final class JvmProcessTable implements ProcessTable {

    private final String host;
    private final String space;

    JvmProcessTable(String host) {
        this.host = host;
        this.space = System.getProperty("os.name") + " " + host;
    }

    @Override
    public LeaseHolder holder() {
        var self = ProcessHandle.current();
        return new LeaseHolder(host, space, self.pid(), startOf(self));
    }

    @Override
    public boolean isHere(Lease lease) {
        return host.equals(lease.host()) && space.equals(lease.space());
    }

    @Override
    public Liveness liveness(Lease lease) {
        return isHere(lease)
                        && ProcessHandle.of(lease.pid())
                                .filter(ProcessHandle::isAlive)
                                .filter(process -> startOf(process).equals(lease.processStarted()))
                                .isPresent()
                ? Liveness.ALIVE
                : Liveness.UNKNOWN;
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }
}
