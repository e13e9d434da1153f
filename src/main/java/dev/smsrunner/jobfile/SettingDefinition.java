package dev.smsrunner.jobfile;

/**
 * Definition of one key of the job file.
 *
 * @param key the dotted key; {@code <name>} or {@code <column>} is a placeholder for the name of a wave or a column
 * @param values type and range
 * @param standard default value; {@code required} when there is none
 * @param jobs the jobs that accept the key, or {@code all}
 * @param meaning plain sentences
 */
record SettingDefinition(String key, String values, String standard, String jobs, String meaning) {

    /** First part of the key; the documentation groups the keys by it. */
    String block() {
        return SettingKeys.root(key);
    }

    /** Whether the key is a pattern with one key for each wave or column. */
    boolean isPattern() {
        return key.contains("<");
    }
}
