package dev.smsrunner.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hashes. */
public final class Sha256 {

    private Sha256() {}

    /**
     * New digest without content.
     *
     * @throws IllegalStateException if the Java runtime has no SHA-256
     */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This Java has no SHA-256. Use a complete Java 17 or newer.", ex);
        }
    }

    /** Hash of the bytes as 64 lower-case hexadecimal digits. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** Hash of the UTF-8 text as 64 lower-case hexadecimal digits. */
    public static String hex(String content) {
        return hex(content.getBytes(StandardCharsets.UTF_8));
    }
}
