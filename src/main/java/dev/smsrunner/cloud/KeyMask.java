package dev.smsrunner.cloud;

/** Shows enough of a key to tell two keys apart, and no more. */
final class KeyMask {

    private KeyMask() {}

    static String key(String key) {
        return key.length() < 12 ? "****" : key.substring(0, 4) + "****" + key.substring(key.length() - 2);
    }
}
