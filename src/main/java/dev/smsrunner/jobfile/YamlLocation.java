package dev.smsrunner.jobfile;

/**
 * Location of a setting.
 *
 * @param file path of the job file as given, or {@code --set}
 * @param line from 1; 0 when there is none
 * @param column from 1; 0 when there is none
 */
record YamlLocation(String file, int line, int column) {

    static YamlLocation commandLine(String option) {
        return new YamlLocation(option, 0, 0);
    }
}
