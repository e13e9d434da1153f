package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;

/**
 * Location of a setting.
 *
 * @param file path of the job file as given, or {@code --set KEY=VALUE}
 * @param line from 1; 0 when there is none
 * @param column from 1; 0 when there is none
 */
record YamlLocation(String file, int line, int column) {

    private static final int MAX_VALUE = 60;

    /** Location of a value of {@code --set}, which the message repeats without the login of a URL. */
    static YamlLocation option(String key, String value) {
        var visible = QuotedText.visible(value).replaceAll("//.*@", "//***@");
        var cut = visible.length() > MAX_VALUE ? visible.substring(0, MAX_VALUE) + "..." : visible;
        return new YamlLocation(Problem.OPTION + key + "=" + cut, 0, 0);
    }

    /** Location of a value of {@code --set} that may be a secret. */
    static YamlLocation secretOption(String key) {
        return new YamlLocation(Problem.OPTION + SettingKeys.display(key) + "=...", 0, 0);
    }

    /** Whether the setting comes from the command line. */
    boolean isOption() {
        return file.startsWith(Problem.OPTION);
    }
}
