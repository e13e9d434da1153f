package dev.smsrunner.cloud;

import java.util.Arrays;

/** Secret text; {@link #toString} returns asterisks. */
public final class Secret {

    private final char[] text;

    private Secret(char[] text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /** The plain text, only for signing and for requests. */
    public String reveal() {
        return new String(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(text, secret.text);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
