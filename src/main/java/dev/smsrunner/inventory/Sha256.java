package dev.smsrunner.inventory;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 digests. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This Java has no SHA-256. Use a complete Java 17 or newer.", ex);
        }
    }
}
