package dev.smsrunner.cloud;

import java.util.Optional;
import java.util.regex.Pattern;

/** Address of IAM in the domain and region of a service. */
final class IamAddress {

    /** Host of SMS or DCS: its first label names the service, also as {@code sms-api} in one region (SmsRegion of the SDK 3.1.212). */
    private static final Pattern SERVICE_HOST = Pattern.compile("(?i)(?:sms|dcs)(?:-[a-z0-9-]+)?(\\.[^.]+\\..+)");

    private IamAddress() {}

    /**
     * Address beside a service endpoint: the host {@code iam} in its domain. On this machine it is the endpoint itself, as
     * for the simulator. Empty when the host names no service.
     */
    static Optional<String> beside(ServiceEndpoint service) {
        if (service.isThisMachine()) {
            return Optional.of(service.toString());
        }
        var authority = SERVICE_HOST.matcher(service.authority());
        return authority.matches() ? Optional.of("https://iam" + authority.group(1)) : Optional.empty();
    }
}
