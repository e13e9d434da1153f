package dev.smsrunner.preflight;

import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.sms.SourceServer;
import java.util.Objects;
import java.util.Optional;

/** Compares the addresses of target and source. With one address for both, the agent would write onto the source. */
public final class TargetAddress {

    private TargetAddress() {}

    /**
     * Finding when the address belongs to the source; empty when it does not.
     *
     * @param address {@code migration_ip} in any spelling, or empty
     * @param source source as ListServers shows it
     */
    public static Optional<Finding> conflict(String address, SourceServer source) {
        var own = IpAddress.parse(Objects.toString(source.ip(), "").strip());
        return own.isPresent() && own.equals(IpAddress.parse(address))
                ? Optional.of(Finding.error(
                        "migration_ip %s is the address of the source %s itself. Enter the address of the target.",
                        address, source.id()))
                : Optional.empty();
    }
}
