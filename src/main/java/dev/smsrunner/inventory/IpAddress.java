package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 or IPv6 address, parsed without name resolution. All spellings of one address are equal, including an IPv4 address mapped
 * into IPv6.
 */
public final class IpAddress {

    private static final int V4_MAPPED_AT = 10;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Parses an address; empty for any other text, including a port, prefix length, zone or leading zeros. */
    public static Optional<IpAddress> parse(String text) {
        byte[] bytes = text.indexOf(':') < 0 ? v4(text) : v6(text);
        return bytes == null ? Optional.empty() : Optional.of(new IpAddress(unmap(bytes)));
    }

    /** Whether the address is in 127.0.0.0/8, or is ::1. */
    public boolean isLoopback() {
        return bytes.length == 4 ? bytes[0] == 127 : hex().equals("0".repeat(31) + "1");
    }

    /** Whether the address is in 169.254.0.0/16 or fe80::/10, the ranges of metadata services. */
    public boolean isLinkLocal() {
        return bytes.length == 4
                ? bytes[0] == (byte) 169 && bytes[1] == (byte) 254
                : bytes[0] == (byte) 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    /** Whether the address is unspecified (0.0.0.0 or ::) or multicast. */
    public boolean isAnyOrMulticast() {
        boolean any = hex().chars().allMatch(c -> c == '0');
        return any || (bytes.length == 4 ? (bytes[0] & 0xff) >= 224 : bytes[0] == (byte) 0xff);
    }

    /** IPv4 address embedded in this IPv6 address, which a gateway would use: NAT64, 6to4, or the old "compatible" form. */
    public Optional<IpAddress> embeddedIpv4() {
        int at = switch (hex().length() == 8 ? "" : hex().substring(0, 4)) {
            case "2002" -> 2;
            case "0064" -> hex().startsWith("0064ff9b" + "0".repeat(16)) ? 12 : -1;
            case "0000" -> hex().startsWith("0".repeat(24)) && !isLoopback() ? 12 : -1;
            default -> -1;
        };
        return at < 0 ? Optional.empty() : Optional.of(new IpAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    }

    /** Canonical form with 8 or 32 hex digits. */
    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte @Nullable [] v4(String text) {
        byte[] bytes = new byte[4];
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? text.indexOf('.', from) : text.length();
            int value = dot < 0 ? -1 : octet(text, from, dot);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
            from = dot + 1;
        }
        return bytes;
    }

    private static int octet(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i - from == 3) {
                return -1;
            }
            value = value * 10 + digit;
        }
        boolean zeroInFront = to - from > 1 && text.charAt(from) == '0';
        return to == from || zeroInFront || value > 255 ? -1 : value;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == 16 ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        boolean dotsInFront = text.lastIndexOf('.', gap) >= 0;
        if (head == null || tail == null || head.length + tail.length > 14 || dotsInFront) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", 9);
        byte[] bytes = new byte[0];
        for (int i = 0; i < parts.length; i++) {
            boolean dotted = i == parts.length - 1 && parts[i].indexOf('.') > 0;
            byte[] part = dotted ? v4(parts[i]) : group(parts[i]);
            if (part == null) {
                return null;
            }
            bytes = Arrays.copyOf(bytes, bytes.length + part.length);
            System.arraycopy(part, 0, bytes, bytes.length - part.length, part.length);
        }
        return bytes.length <= 16 ? bytes : null;
    }

    private static byte @Nullable [] group(String part) {
        if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        int value = HexFormat.fromHexDigits(part);
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static byte[] unmap(byte[] bytes) {
        if (bytes.length == 4) {
            return bytes;
        }
        boolean mapped = bytes[V4_MAPPED_AT] == (byte) 0xff && bytes[V4_MAPPED_AT + 1] == (byte) 0xff;
        for (int i = 0; i < V4_MAPPED_AT; i++) {
            mapped &= bytes[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
