package dev.smsrunner.jobfile;

/**
 * One value of the job file or the command line.
 *
 * @param key dotted key
 * @param text value after replacement of environment variables
 * @param place location of the value
 */
record Setting(String key, String text, YamlLocation place) {}
