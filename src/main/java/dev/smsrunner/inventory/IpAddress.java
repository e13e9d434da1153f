package dev.smsrunner.inventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 or IPv6 address, parsed by the JDK without name resolution. All spellings of one address are equal, including an IPv4
 * address mapped into IPv6.
 */
public final class IpAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String DOTTED = OCTET + "(?:\\." + OCTET + "){3}";

    /** Four decimal numbers. The JDK also accepts short forms and leading zeros, which other programs read as octal. */
    private static final Pattern V4 = Pattern.compile(DOTTED);

    /** Up to eight groups; the JDK checks their number. It would also accept longer groups, other digits and a zone. */
    private static final Pattern V6 = Pattern.compile("(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{0,4}|" + DOTTED + ")");

    private final InetAddress address;

    private IpAddress(InetAddress address) {
        this.address = address;
    }

    /** Parses an address; empty for any other text, including a port, prefix length, zone or leading zeros. */
    public static Optional<IpAddress> parse(String text) {
        boolean v4 = V4.matcher(text).matches();
        if (!v4 && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // The JDK never looks up a name in brackets.
            return Optional.of(new IpAddress(InetAddress.getByName(v4 ? text : "[" + text + "]")));
        } catch (UnknownHostException ex) {
            return Optional.empty();
        }
    }

    /** Whether the address is in 127.0.0.0/8, or is ::1. */
    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether the address is in 169.254.0.0/16 or fe80::/10, the ranges of metadata services. */
    public boolean isLinkLocal() {
        return address.isLinkLocalAddress();
    }

    /** Whether the address is unspecified (0.0.0.0 or ::), multicast, or in the reserved range 240.0.0.0/4. */
    public boolean isAnyOrMulticast() {
        byte[] bytes = address.getAddress();
        boolean reserved = bytes.length == 4 && (bytes[0] & 0xff) >= 240;
        return address.isAnyLocalAddress() || address.isMulticastAddress() || reserved;
    }

    /** IPv4 address embedded in this IPv6 address, which a gateway would use: NAT64, 6to4, or the old "compatible" form. */
    public Optional<IpAddress> embeddedIpv4() {
        int at = switch (hex().length() == 8 ? "" : hex().substring(0, 4)) {
            case "2002" -> 2;
            case "0064" -> hex().startsWith("0064ff9b" + "0".repeat(16)) ? 12 : -1;
            case "0000" -> hex().startsWith("0".repeat(24)) && !isLoopback() ? 12 : -1;
            default -> -1;
        };
        return at < 0 ? Optional.empty() : Optional.of(v4(Arrays.copyOfRange(address.getAddress(), at, at + 4)));
    }

    private static IpAddress v4(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException ex) {
            throw new IllegalArgumentException("An IPv4 address has 4 bytes, not " + bytes.length + ".", ex);
        }
    }

    /** Canonical form with 8 or 32 hex digits. */
    String hex() {
        return HexFormat.of().formatHex(address.getAddress());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress ip && address.equals(ip.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return hex();
    }
}
