package dev.smsrunner.cloud;

/** Masks a key and keeps just enough of it to distinguish two keys. */
final class KeyMask {

    private KeyMask() {}

    static String mask(String key) {
        return key.length() < 12 ? "****" : key.substring(0, 4) + "****" + key.substring(key.length() - 2);
    }
}
