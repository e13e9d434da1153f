package dev.smsrunner.jobfile;

/**
 * Problem of a job file, printed as {@code file:line:col: key: problem; advice}, or as
 * {@code --set KEY=VALUE: problem; advice}.
 *
 * @param file path of the job file as given, or {@code --set KEY=VALUE} for a value of the command line
 * @param line the line, from 1; 0 when there is none
 * @param column the character in the line, from 1; 0 when there is none
 * @param key dotted key; empty for the whole file
 * @param what the problem; never contains a secret
 * @param advice remedy
 */
public record Problem(String file, int line, int column, String key, String what, String advice) {

    /** Begin of the place of a value of the command line. */
    static final String OPTION = "--set ";

    /** Whether the value comes from the command line. */
    public boolean isOfOption() {
        return file.startsWith(OPTION);
    }

    @Override
    public String toString() {
        if (isOfOption()) {
            return file + ": " + what + "; " + advice;
        }
        String place = line > 0 ? file + ":" + line + ":" + column + ": " : file + ": ";
        return place + (key.isEmpty() ? "" : key + ": ") + what + "; " + advice;
    }
}
