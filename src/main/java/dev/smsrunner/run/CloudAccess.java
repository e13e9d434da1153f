package dev.smsrunner.run;

import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.sms.SmsApi;

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
    interface Session extends AutoCloseable {
        /** Operations of SMS. */
        SmsApi sms();

        /** Operations of DCS; fails when the endpoint belongs to SMS. */
        default DcsApi dcs() {
            throw new IllegalStateException("This session leads to SMS, not to DCS");
        }

        /** Estimated rate limit of the service in calls per second. */
        double callsPerSecond();

        /** API usage so far. */
        ApiStats stats();

        @Override
        void close();
    }
}
