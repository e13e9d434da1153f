package dev.smsrunner.jobfile;

/**
 * Definition of one key of the job file.
 *
 * @param key the dotted key; {@code <name>} or {@code <column>} stands for a name of a wave or a column
 * @param values type and range
 * @param standard the value that counts when the key is not given; {@code required} when there is none
 * @param jobs the jobs that accept the key, or {@code all}
 * @param meaning plain sentences
 */
record SettingDefinition(String key, String values, String standard, String jobs, String meaning) {

    /** The first word of the key, under which the documentation describes it. */
    String block() {
        return SettingKeys.root(key);
    }

    /** Whether the key stands for many: one for each wave or column. */
    boolean isPattern() {
        return key.contains("<");
    }
}
