package dev.smsrunner.job.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.Failure;
import org.jspecify.annotations.Nullable;

/** Explains an error of DCS by its HTTP status and code (page of 2024-11-06: 400, 401, 403, 404, 500). */
final class StopRefusal {

    private StopRefusal() {}

    /** Whether the service reports that the task no longer exists. */
    static boolean isDeleted(ApiException failure) {
        return "DCS.4133".equals(failure.errorCode());
    }

    static Failure failureOf(ApiException refusal) {
        return failureOf(refusal.httpStatus(), refusal.errorCode(), refusal.errorMessage(), refusal.requestId());
    }

    static Failure failureOf(int status, @Nullable String code, @Nullable String message, @Nullable String requestId) {
        var text = "HTTP %d%s%s: %s"
                .formatted(
                        status, code == null ? "" : " " + code, message == null ? "" : " " + message, meaning(status));
        return new Failure(code, text, errorClass(status), action(status), requestId);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 200 -> "the stop of this task was not dispatched";
            case 400 -> "DCS rejects the request as invalid, for example because of an unknown id";
            case 401 -> "the credentials were refused";
            case 403 -> "access is denied";
            case 404 -> "there is no such project or task";
            default -> status >= 500 ? "DCS failed to process the request" : "the request was refused";
        };
    }

    private static String errorClass(int status) {
        return switch (status) {
            case 200 -> "WAIT";
            case 401, 403 -> "OPERATOR";
            default -> status >= 500 ? "TRANSIENT" : "FIX_AND_RETRY";
        };
    }

    private static String action(int status) {
        return switch (status) {
            case 200 -> "Check the task in the console of DCS, then rerun.";
            case 401 -> "Check the credentials and their scope: DCS needs credentials of the project.";
            case 403 -> "Grant dcs:migrationTask:list, get and modify in this project.";
            case 404 -> "Correct the project and the task id, and the endpoint: DCS has one per region.";
            default -> status >= 500 ? "Wait and rerun." : "Correct the row, then rerun.";
        };
    }
}
