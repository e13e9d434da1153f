package dev.smsrunner.jobfile;

/**
 * One value that was given.
 *
 * @param key the dotted key
 * @param text the value, the environment already filled in
 * @param place where it was given
 */
record Setting(String key, String text, YamlLocation place) {}
