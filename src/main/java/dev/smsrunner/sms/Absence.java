package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;

/**
 * What proves that a task or a source server is not there: SMS itself must say so, with a code of its own. Status 404 alone may be the
 * page of a proxy, or the gateway's word for an endpoint that it does not know (APIG.0101).
 */
public final class Absence {

    private Absence() {}

    /** Whether SMS says that there is no such task (SMS.7703, SMS.2252), rather than that it cannot tell. */
    public static boolean ofTask(ApiException failure) {
        return says(failure, "SMS.7703", "SMS.2252");
    }

    /** Whether SMS says that there is no such source server (SMS.7602, SMS.2216), rather than that it cannot tell. */
    public static boolean ofSource(ApiException failure) {
        return says(failure, "SMS.7602", "SMS.2216");
    }

    private static boolean says(ApiException failure, String code, String formerCode) {
        var told = failure.errorCode();
        return failure.kind() == CallFailureKind.REFUSED
                && (ErrorCatalogue.same(told, code) || ErrorCatalogue.same(told, formerCode));
    }
}
