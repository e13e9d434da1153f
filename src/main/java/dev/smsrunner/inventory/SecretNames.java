package dev.smsrunner.inventory;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises names of columns and keys that usually hold secrets, so that the runner rejects them. */
public final class SecretNames {

    private static final Pattern PART_ENDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^\\p{L}\\p{N}]+");
    private static final Set<String> PARTS = Set.of(
            "ak",
            "sk",
            "pw",
            "pwd",
            "pass",
            "passcode",
            "secret",
            "secrets",
            "token",
            "tokens",
            "credential",
            "credentials");
    private static final List<String> FRAGMENTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "accesskey",
            "secretkey",
            "privatekey",
            "apikey",
            "sshkey",
            "rootpw",
            "userpw",
            "credential",
            "authtoken",
            "securitytoken",
            "secretid",
            "密码",
            "口令",
            "密钥");

    private SecretNames() {}

    /** Whether a column or key with this name usually holds a secret. */
    public static boolean isSecretName(String name) {
        for (String part : PART_ENDS.split(name)) {
            if (PARTS.contains(part.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        String squeezed = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        return FRAGMENTS.stream().anyMatch(squeezed::contains);
    }
}
