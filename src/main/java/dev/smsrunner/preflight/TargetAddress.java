package dev.smsrunner.preflight;

import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.sms.SourceServer;
import java.util.Objects;
import java.util.Optional;

/** Compares the address of a target with that of its source: with one address for both, the agent writes onto the source. */
public final class TargetAddress {

    private TargetAddress() {}

    /**
     * Why the address cannot be that of a target; empty when it can.
     *
     * @param address {@code migration_ip} in any spelling, or empty
     * @param source as ListServers shows it
     */
    public static Optional<Finding> refusal(String address, SourceServer source) {
        var own = IpAddress.parse(Objects.toString(source.ip(), "").strip());
        return own.isPresent() && own.equals(IpAddress.parse(address))
                ? Optional.of(Finding.error(
                        "migration_ip %s is the address of the source %s itself. Write the address of the target.",
                        address, source.id()))
                : Optional.empty();
    }
}
