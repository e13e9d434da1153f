package dev.smsrunner.run;

import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.ledger.Run;

/** Access of one run to the cloud service. */
@FunctionalInterface
public interface CloudAccess {

    /**
     * Opens a session and checks that the service responds.
     *
     * @param gate checks each mutating call right before it is sent
     * @throws dev.smsrunner.cloud.ApiException when the service cannot be reached or rejects the credentials
     */
    Session open(Run run, MutationGate gate);

    /** Session of one run with the service. */
    interface Session extends CloudApis, AutoCloseable {
        /** API usage so far. */
        ApiStats stats();

        @Override
        void close();
    }
}
