package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Body of UpdateTaskStatus (API reference 2025-02-13 and 2026-01-27); null fields are not sent.
 *
 * @param operation start, stop, test (launch the target), clone_test, restart, network_check, ... : sent unchanged
 * @param templateId required by clone_test
 * @param switchHce change the target to Huawei Cloud EulerOS, Linux only
 */
@Payload
public record TaskAction(
        String operation,
        @Nullable String templateId,
        @Nullable Boolean switchHce,
        @JsonProperty("is_need_consistency_check") @Nullable Boolean isNeedConsistencyCheck) {

    /** Starts the copy, the first time and after a failure. */
    public static final TaskAction START = of("start");

    /** Launches the target server. */
    public static final TaskAction LAUNCH = of("test");

    /** Pauses the copy or the synchronisation. */
    public static final TaskAction PAUSE = of("stop");

    /** Creates an action without options. */
    public static TaskAction of(String operation) {
        return new TaskAction(operation, null, null, null);
    }

    /** Name of the call with this action. */
    public String call() {
        return "UpdateTaskStatus(" + operation + ")";
    }
}
