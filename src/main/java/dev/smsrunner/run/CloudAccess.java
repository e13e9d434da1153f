package dev.smsrunner.run;

import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.sms.SmsApi;

/** Opens the way to the cloud for one run. */
@FunctionalInterface
public interface CloudAccess {

    /**
     * Opens it, and makes sure that it leads somewhere.
     *
     * @param gate asked right before each change
     * @throws dev.smsrunner.cloud.ApiException when the service cannot be reached or refuses our credentials
     */
    Session open(Run run, MutationGate gate);

    /** The service as one run sees it. */
    interface Session extends AutoCloseable {
        /** The operations of SMS. */
        SmsApi sms();

        /** The operations of DCS, where the endpoint is one of DCS. */
        default DcsApi dcs() {
            throw new IllegalStateException("This session leads to SMS, not to DCS");
        }

        /** The calls per second that the service allows, as far as it is known. */
        double callsPerSecond();

        /** How it was used so far. */
        ApiStats figures();

        @Override
        void close();
    }
}
