package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;

/**
 * Proof that a task or a source server does not exist: an SMS error code. Status 404 alone may come from a proxy, or
 * from the gateway for an unknown endpoint (APIG.0101).
 */
public final class Absence {

    private Absence() {}

    /** Whether SMS reports that the task does not exist (SMS.7703, SMS.2252). */
    public static boolean ofTask(ApiException failure) {
        return isRefusedWith(failure, "SMS.7703", "SMS.2252");
    }

    /** Whether SMS reports that the source server does not exist (SMS.7602, SMS.2216). */
    public static boolean ofSource(ApiException failure) {
        return isRefusedWith(failure, "SMS.7602", "SMS.2216");
    }

    private static boolean isRefusedWith(ApiException failure, String code, String formerCode) {
        var reported = failure.errorCode();
        return failure.kind() == CallFailureKind.REFUSED
                && (ErrorCatalogue.isSameCode(reported, code) || ErrorCatalogue.isSameCode(reported, formerCode));
    }
}
