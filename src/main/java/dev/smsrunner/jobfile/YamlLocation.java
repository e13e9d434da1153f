package dev.smsrunner.jobfile;

/**
 * Where a setting was written.
 *
 * @param file the job file as it was named, or {@code --set}
 * @param line from 1; 0 when there is none
 * @param column from 1; 0 when there is none
 */
record YamlLocation(String file, int line, int column) {

    static YamlLocation commandLine(String option) {
        return new YamlLocation(option, 0, 0);
    }
}
